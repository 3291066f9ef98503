"""The tables as SQLAlchemy sees them; the migrations make them, and a test holds the two together.

Every table only grows: triggers abort UPDATE and DELETE. What holds now is the view `current`.
"""

from sqlalchemy import REAL, Column, ForeignKey, Integer, MetaData, Table, Text

REVISIONS = ("0001",)
"""Every revision of the database that this program knows, oldest first."""

DATABASE_NAME = "records.sqlite"

metadata = MetaData()

inspections = Table(
    "inspections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("serial", Text, nullable=False),
    Column("lot", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("triggered_by", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("waits", Integer, nullable=False),  # 1: the verdict waited for a person when it fell
    Column("recipe", Text, nullable=False),
    Column("recipe_version", Integer, nullable=False),
    Column("review_limit", REAL, nullable=False),
    Column("ng_limit", REAL, nullable=False),
    Column("roi", Text),  # JSON [x, y, width, height]
    Column("model", Text, nullable=False),
    Column("model_sha256", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("camera", Text, nullable=False),
    Column("label", Text),
    Column("score", REAL),
    Column("confidence", REAL),
    Column("scores", Text, nullable=False),  # JSON [[class, probability], …]
    Column("ms", REAL),
    Column("model_ms", REAL),
    Column("fault", Text),
    Column("fault_facts", Text),  # JSON [[name, value], …]
    Column("operator", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("truth", Text),
    Column("image", Text),  # path below the data folder, with `/`; null only beside a fault
    Column("image_sha256", Text),  # of the file as it was written
    Column("image_bytes", Integer),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inspection", Integer, ForeignKey("inspections.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("operator", Text, nullable=False),
    Column("label", Text),
    Column("reason", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("decisions.id")),  # set where kind is undo
)

dispositions = Table(
    "dispositions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inspection", Integer, ForeignKey("inspections.id"), nullable=False),
    Column("disposition", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
)

recipes = Table(
    "recipes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON of recipe_to_mapping
    Column("at_ms", Integer, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("card", Text, nullable=False),  # JSON
    Column("path", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
)

current = Table(
    "current",
    MetaData(),  # a view: not among what a migration creates as a table
    *(Column(column.name, column.type) for column in inspections.columns),
    Column("decision_id", Integer),
    Column("decision", Text),
    Column("decision_at_ms", Integer),
    Column("decision_operator", Text),
    Column("decision_label", Text),
    Column("decision_reason", Text),
    Column("disposition", Text),
    Column("disposed_at_ms", Integer),
)
"""Every inspection with the decision that stands (the last not undone) and the last disposition."""
