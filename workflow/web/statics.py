"""Stylesheets and pictures that ship with the package."""

import mimetypes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import requires, static_file

FOREVER = "public, max-age=31536000, immutable"


@requires(Permission.LEZEN)
def get_static(request: Request) -> Response:
    """One file, kept for good under its hash; without the hash it is asked for again."""
    name = request.path_params["name"]
    try:
        data, digest = static_file(name)
    except KeyError:
        raise HTTPException(status_code=404) from None
    etag = f'"{digest}"'
    headers = {
        "ETag": etag,
        "Cache-Control": FOREVER if request.query_params.get("v") == digest else "no-cache",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=media_type, headers=headers)
