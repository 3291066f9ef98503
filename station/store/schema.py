"""The tables as SQLAlchemy sees them; the migrations make them, and a test holds the two together.

Every table only grows: triggers abort UPDATE and DELETE. What holds now is the view `current`.
Only `hours` and `sample_states` are changed: they repeat the others, kept up by triggers, and can
be made anew.
"""

from sqlalchemy import REAL, BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision of the database that this program knows, oldest first."""

DATABASE_NAME = "records.sqlite"

WHOLE = Integer().with_variant(BigInteger(), "postgresql")
"""SQLite's is of 64 bits anyway."""

metadata = MetaData()

inspections = Table(
    "inspections",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("number", WHOLE, nullable=False),
    Column("serial", Text, nullable=False),
    Column("lot", Text, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("triggered_by", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("waits", WHOLE, nullable=False),  # 1: the verdict waited for a person when it fell
    Column("recipe", Text, nullable=False),
    Column("recipe_version", WHOLE, nullable=False),
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
    Column("image_bytes", WHOLE),
    Column("station", Text, nullable=False, server_default=""),  # which station made the record
    Column("unlike", REAL),  # how far from the training set, as Finding.unlike
    Column("brightness", REAL),
    Column("sharpness", REAL),
    Column("views", Text),  # JSON [[name, roi, verdict, label, score, …], …]
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("inspection", WHOLE, ForeignKey("inspections.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
    Column("label", Text),
    Column("reason", Text, nullable=False),
    Column("undoes", WHOLE, ForeignKey("decisions.id")),  # set where kind is undo
)

dispositions = Table(
    "dispositions",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("inspection", WHOLE, ForeignKey("inspections.id"), nullable=False),
    Column("disposition", Text, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
)

recipes = Table(
    "recipes",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", WHOLE, nullable=False),
    Column("body", Text, nullable=False),  # JSON of recipe_to_mapping
    Column("at_ms", WHOLE, nullable=False),
    Column("origin", Text, nullable=False, server_default=""),  # release; empty: its file said so
)

models = Table(
    "models",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("card", Text, nullable=False),  # JSON
    Column("path", Text, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
)

removals = Table(
    "removals",
    metadata,
    Column("inspection", WHOLE, ForeignKey("inspections.id"), primary_key=True),
    Column("at_ms", WHOLE, nullable=False),
    Column("why", Text, nullable=False),
)
"""Pictures that were deleted on purpose; the row goes before the file does."""

keeps = Table(
    "keeps",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("inspection", WHOLE, ForeignKey("inspections.id"), nullable=False),
    Column("why", Text, nullable=False),  # sample, golden, challenge
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)
"""Pictures that are never deleted."""

audit = Table(
    "audit",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("code", Text),
    Column("facts", Text),  # JSON [[name, value], …]
    Column("confirms", WHOLE, ForeignKey("audit.id")),
)

hours = Table(
    "hours",
    metadata,
    Column("hour_ms", WHOLE, primary_key=True),  # its begin, UTC
    Column("station", Text, primary_key=True),
    Column("recipe", Text, primary_key=True),
    Column("lot", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("operator", Text, primary_key=True),
    Column("verdict", Text, primary_key=True),
    Column("decision", Text, primary_key=True),  # the kind that stands, empty without one
    Column("waiting", WHOLE, primary_key=True),  # 1: waits for a person's word still
    Column("outcome", Text, primary_key=True),
    Column("label", Text, primary_key=True),  # the person's, else the model's, else empty
    Column("n", WHOLE, nullable=False),
)
"""How many parts of each kind came in each hour; a kind without parts has no row."""

KIND = tuple(column.name for column in hours.primary_key.columns)
"""What parts are counted by."""

samples = Table(
    "samples",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("product", Text, nullable=False),  # the name of its recipe
    Column("image", Text, nullable=False),  # path below the data folder, with `/`
    Column("image_sha256", Text, nullable=False),
    Column("image_bytes", WHOLE, nullable=False),
    Column("phash", Text, nullable=False),  # as training/near.py makes it; empty: not known
    Column("part_group", Text, nullable=False),  # what shows the same part; empty: alone
    Column("origin", Text, nullable=False),  # record, import, camera
    Column("inspection", WHOLE, ForeignKey("inspections.id")),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("sample", WHOLE, ForeignKey("samples.id"), nullable=False),
    Column("label", Text, nullable=False),  # empty: set aside
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)
"""What persons said of samples; the last stands."""

classes = Table(
    "classes",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("product", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("good", WHOLE, nullable=False),  # 1: a part of that class may pass
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)
"""The classes of a product; of each name the last row stands."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("product", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the manifest's content
    Column("path", Text, nullable=False),  # of the manifest, below the data folder, with `/`
    Column("n", WHOLE, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)

snapshot_members = Table(
    "snapshot_members",
    metadata,
    Column("snapshot", WHOLE, ForeignKey("snapshots.id"), primary_key=True),
    Column("sample", WHOLE, ForeignKey("samples.id"), primary_key=True),
    Column("label", Text, nullable=False),
    Column("test", WHOLE, nullable=False),  # 1: kept back, never learnt from
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("product", Text, nullable=False),
    Column("number", WHOLE, nullable=False),
    Column("model_sha256", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("parent", WHOLE),  # the number of the revision that it follows
    Column("snapshot", Text, nullable=False),  # sha256, or empty
    Column("method", Text, nullable=False),
    Column("card", Text, nullable=False),  # JSON
    Column("metrics", Text, nullable=False),  # JSON
    Column("evaluation", Text),  # JSON
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)

revision_states = Table(
    "revision_states",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("revision", WHOLE, ForeignKey("revisions.id"), nullable=False),
    Column("state", Text, nullable=False),  # candidate, shadow, released, retired
    Column("reason", Text, nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
)
"""What was done with a revision; the last stands."""

evaluations = Table(
    "evaluations",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("revision", WHOLE, ForeignKey("revisions.id"), nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON; last, so that salvage takes it for no label
)
"""What a revision was proven with after it was made; the last counts."""

second_looks = Table(
    "second_looks",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("inspection", WHOLE, ForeignKey("inspections.id"), nullable=False),
    Column("model_sha256", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("score", REAL, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("ms", REAL, nullable=False),
)
"""What a shadow model said of a part that another one judged."""

sample_states = Table(
    "sample_states",
    metadata,
    Column("sample", WHOLE, ForeignKey("samples.id"), primary_key=True),
    Column("product", Text, nullable=False),
    Column("label", Text, nullable=False),  # that stands; empty: set aside, or none yet
    Column("seen", Text, nullable=False),  # what the model saw; empty without a record
    Column("test", WHOLE, nullable=False),  # 1: was kept back in a snapshot, so it stays so
)
"""How each sample stands, so that a hundred thousand are counted in a moment."""

series = Table(
    "series",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("source", Text, nullable=False),
)
"""Which process values there are."""

process_values = Table(
    "process_values",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("series", WHOLE, ForeignKey("series.id"), nullable=False),
    Column("at_ms", WHOLE, nullable=False),
    Column("inspection", WHOLE, ForeignKey("inspections.id")),  # null: read by itself
    Column("value", REAL, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("kind", Text, nullable=False),  # as NoteKind
    Column("subject", Text, nullable=False),  # the machine, product or study that it is about
    Column("at_ms", WHOLE, nullable=False),
    Column("operator", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, as its kind has it
)
"""What persons noted about the line itself."""

current = Table(
    "current",
    MetaData(),  # a view: not among what a migration creates as a table
    *(Column(column.name, column.type) for column in inspections.columns),
    Column("decision_id", WHOLE),
    Column("decision", Text),
    Column("decision_at_ms", WHOLE),
    Column("decision_operator", Text),
    Column("decision_label", Text),
    Column("decision_reason", Text),
    Column("disposition", Text),
    Column("disposed_at_ms", WHOLE),
    Column("removed_at_ms", WHOLE),
)
"""Every inspection with the decision that stands (the last not undone), the last disposition, and
when its picture was removed."""

counted = Table(
    "counted",
    MetaData(),
    Column("id", WHOLE),
    Column("at_ms", WHOLE),
    Column("serial", Text),
    Column("waits", WHOLE),
    *(Column(name, hours.c[name].type) for name in KIND),
)
"""Every inspection as `hours` counts it: a view, from which that table can be made anew."""
