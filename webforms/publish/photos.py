"""公开照片: what the department took on the spot, made safe, looked at by a second person."""

from decimal import Decimal, InvalidOperation
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import attachment
from hotline.lookups.public_photos import PhotoDesk, photo_desk, public_copy
from hotline.steps.clear_photo import clear_photo
from hotline.steps.drop_photo import drop_photo
from hotline.steps.show_photo import show_photo
from webforms import doors
from webforms.attached import SANDBOX
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.submissions import Form, Problem, whole
from webforms.visit import current

ROWS: Final = 8
SIDES: Final = ("left", "top", "width", "height")


async def show(request: Request) -> Response:
    """Every picture of the evidence, and how far each is."""
    return await _page(request)


async def edit(request: Request) -> Response:
    """One picture and the regions to destroy: by numbers, or by clicks."""
    return await _edit(request)


async def put_forward(request: Request) -> Response:
    """The picture with its regions destroyed waits for another person."""
    form, desk = form_of(request), await _desk(request)
    view = attachment.named([one.view for one in desk.photos], request.path_params["handle"])
    try:
        regions = _regions(form)
        if not regions and not form.ticked("nothing"):
            raise StepRefused("photo.undecided")
        at = (desk.tenant_id, desk.number)
        await show_photo(at, view.id, regions, by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _edit(request, said, form)
    return see_other(f"/publish/{desk.number}/photos")


async def inside(request: Request) -> Response:
    """As the public would see it."""
    desk, place = await _desk(request), _place(request)
    content = await public_copy(desk.tenant_id, desk.number, place, inside=True)
    headers = {"content-security-policy": SANDBOX}
    return Response(content, media_type="image/jpeg", headers=headers)


async def clearance(request: Request) -> Response:
    """公开照片审核."""
    desk, place = await _desk(request), _place(request)
    try:
        at = (desk.tenant_id, desk.number)
        await clear_photo(at, place, by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        return await _page(request, Problem(f"refused.{refused.key}", refused.values))
    return see_other(f"/publish/{desk.number}/photos")


async def removal(request: Request) -> Response:
    """公开照片撤下."""
    desk, place = await _desk(request), _place(request)
    at = (desk.tenant_id, desk.number)
    await drop_photo(at, place, by=doors.actor(request), now=current().now)
    return see_other(f"/publish/{desk.number}/photos")


def _place(request: Request) -> int:
    """NotFound for what is no number."""
    place = whole(request.path_params["place"], digits=4)
    if place is None:
        raise NotFound("photo")
    return place


async def _desk(request: Request) -> PhotoDesk:
    return await photo_desk(doors.actor(request), request.path_params["number"])


async def _page(request: Request, refused: Problem | None = None) -> Response:
    status = 422 if refused else 200
    desk = await _desk(request)
    return staff_page("publish/photos", status_code=status, desk=desk, refused=refused)


async def _edit(
    request: Request, refused: Problem | None = None, form: Form | None = None
) -> Response:
    desk, handle = await _desk(request), request.path_params["handle"]
    photo = next((one for one in desk.photos if one.view.handle == handle), None)
    if photo is None:
        raise NotFound("attachment")
    return staff_page(
        "publish/photo",
        status_code=422 if refused else 200,
        desk=desk,
        photo=photo,
        refused=refused,
        rows=range(ROWS),
        sides=SIDES,
        typed=form or Form(),
    )


def _regions(form: Form) -> list[tuple[int, ...]]:
    """Per cent with a decimal at most → ‰; an empty row is none."""
    regions = []
    for number in range(ROWS):
        said = [form.raw(f"{side}-{number}") for side in SIDES]
        if any(said):
            regions.append(tuple(_permille(one) for one in said))
    return regions


def _permille(said: str) -> int:
    try:
        value = Decimal(said) * 10
        return int(value) if value.is_finite() and abs(value) < 10000 else -1
    except InvalidOperation:
        return -1
