"""A table for a spreadsheet, as a download."""

from starlette.responses import Response


def sheet_response(text: str, name: str) -> Response:
    """CSV under a file name; `name` is ours: letters, digits and hyphens."""
    return Response(
        text.encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}.csv"},
    )
