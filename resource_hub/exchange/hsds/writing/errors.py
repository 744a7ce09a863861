"""Why a directory is not written."""

from resource_hub.core.errors import Refused


class PathTaken(Refused):
    """There is something at the path already."""

    code = "path_taken"


class NoFolder(Refused):
    """The folder that the path lies in is not there, or may not be written."""

    code = "cannot_write"
