"""Where a station's plant is, and by which name it knows the station."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """database: postgresql://user@host/database. pictures: a folder, file:// or s3://bucket/prefix.

    endpoint and region: of a store that speaks S3; empty for Amazon's own. Passwords are in none
    of them.
    """

    station: str
    database: str = ""
    pictures: str = ""
    endpoint: str = ""
    region: str = ""
