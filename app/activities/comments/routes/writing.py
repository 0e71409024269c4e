"""Writing a comment or a reply, with a page to check it first: with an account, and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries, service
from app.activities.comments.attachments import ACCEPT, MOST_FILES
from app.activities.comments.flags import FLAGS, personal_in
from app.activities.comments.forms import CommentForm, SendForm, VisitorForm, VisitorSendForm, WordsForm
from app.activities.comments.forms.writing import ANCHOR
from app.activities.comments.models import Comment
from app.activities.comments.queries.similar import similar_to
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.activities.comments.service.content import passage_in, passage_words
from app.activities.comments.throttle import VISITORS, VISITORS_FILES
from app.core.errors import DomainError, NotFound
from app.identity.permissions import public, requires
from app.identity.throttle import TooManyTries, note_try
from app.identity.viewer import current_viewer
from app.issues.holds import hold_open
from app.issues.queries import visible_activity
from app.web.once import once


@bp.get("/<int:activity_id>/new")
@requires("comments.submit")
def new(activity_id: int) -> str:
    """The form for a comment; the address may say what it is about."""
    return _form_page(activity_id, CommentForm(signer=current_viewer().name, data=_anchor()))


@bp.post("/<int:activity_id>/new")
@requires("comments.submit")
def submit(activity_id: int) -> ResponseReturnValue:
    """What the form's buttons ask for: to check what was written, to change it, or to send it."""
    signer = current_viewer().name
    return _step(activity_id, CommentForm(signer=signer), lambda: SendForm(signer=signer), _send)


@bp.get("/<int:activity_id>/open")
@public
def visit(activity_id: int) -> ResponseReturnValue:
    """The form without an account, where the activity is open to all."""
    if current_viewer().signed_in:
        return redirect(url_for("comments.new", activity_id=activity_id, **_anchor()))
    return _form_page(activity_id, VisitorForm(data=_anchor()))


@bp.post("/<int:activity_id>/open")
@public
def receive(activity_id: int) -> ResponseReturnValue:
    """The same steps without an account."""
    return _step(activity_id, VisitorForm(), VisitorSendForm, _send_unverified)


@bp.get("/<int:activity_id>/sent/<int:comment_id>")
@requires("comments.submit")
def sent(activity_id: int, comment_id: int) -> str:
    """The comment's number and what happens next, for its author alone."""
    viewer = current_viewer()
    comment = queries.comment_in(activity_id, comment_id)
    if comment.person_id != viewer.person_id:
        raise NotFound
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    return render_template("comments/sent.html", comment=comment, activity=activity, issue=issue)


@bp.get("/<int:activity_id>/received/<int:comment_id>")
@public
def received(activity_id: int, comment_id: int) -> str:
    """The number of a comment sent without an account, and what happens next; nothing of what it says."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    if not queries.comment_in(activity_id, comment_id).unverified:
        raise NotFound
    return render_template("comments/received.html", number=comment_id, activity=activity, issue=issue)


def _step(
    activity_id: int,
    form: WordsForm,
    to_send: Callable[[], WordsForm],
    send: Callable[[int, Any], ResponseReturnValue],
) -> ResponseReturnValue:
    step = request.form.get("step")
    if step == "send":
        return send(activity_id, to_send())
    fits = form.validate() if step != "edit" else True
    if not _takes_files(activity_id, form):
        form.files.data = []  # Nobody's picture is unpacked, and nothing stored, where none is asked for.
    kept = _keep_files(form)
    if step == "edit":
        return _form_page(activity_id, form)
    if not fits or not kept or not _is_open(activity_id, form):
        return _form_page(activity_id, form), 422
    checked = to_send()
    checked.kept.data, checked.stored = form.kept.data, form.stored
    return _check_page(activity_id, checked, hint=True)


def _takes_files(activity_id: int, form: WordsForm) -> bool:
    """Whether a comment may bring files now. Raises `NotFound` where the form does not belong."""
    activity, _issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    thread = queries.thread_of(activity_id)
    if isinstance(form, VisitorForm) and not thread.open_to_all:
        raise NotFound
    return bool(thread.files) and activity.state == "open"


def _keep_files(form: WordsForm) -> bool:
    """Keep what was attached. Who has no account brings files so often an hour; their words are kept in any case."""
    if isinstance(form, VisitorForm) and form.uploads:
        try:
            note_try(VISITORS_FILES, "")
        except TooManyTries as error:
            form.files.data = []
            form.keep_files()
            form.blame(error)
            return False
    return form.keep_files()


def _send(activity_id: int, form: SendForm) -> ResponseReturnValue:
    viewer = current_viewer()

    def act() -> Comment:
        words = {"viewer": viewer, "content": form.content(), "consent_version": form.consent.version}
        if form.answers is not None:
            return service.reply_to_comment(comment_id=form.answers, **words)
        return service.submit_comment(activity_id=activity_id, **words)

    return _sent(
        activity_id,
        form,
        act,
        lambda done: url_for("comments.sent", activity_id=done.activity_id, comment_id=done.id),
    )


def _send_unverified(activity_id: int, form: VisitorSendForm) -> ResponseReturnValue:
    def act() -> Comment:
        return service.receive_comment(
            activity_id=activity_id,
            content=form.content(),
            email=form.email.data or None,
            consent_version=form.consent.version,
        )

    try:
        if form.validate():
            note_try(VISITORS, "")
    except TooManyTries as error:
        form.blame(error)
        form.keep_files()
        return _form_page(activity_id, form), 429
    return _sent(
        activity_id,
        form,
        act,
        lambda done: url_for("comments.received", activity_id=activity_id, comment_id=done.id),
    )


def _sent(
    activity_id: int, form: Any, act: Callable[[], Comment], to: Callable[[Comment], str]
) -> ResponseReturnValue:
    """Send what was checked, its files found again before the writing begins."""

    def again() -> str:
        if not form.form_errors and set(form.errors) == {"consent"}:
            return _check_page(activity_id, form)
        form.consent.errors = []  # It is asked for on the page after this one.
        return _form_page(activity_id, form)

    if not _keep_files(form):
        return again(), 422
    return once(form, "comments.submit", act=act, to=to, again=again)


def _form_page(activity_id: int, form: WordsForm) -> str:
    return render_template("comments/new.html", accept=ACCEPT, most=MOST_FILES, **_page(activity_id, form))


def _check_page(activity_id: int, form: WordsForm, *, hint: bool = False) -> str:
    """`hint`: look for similar comments. Who is asked a second time has seen them."""
    page = _page(activity_id, form)
    looked_for = hint and form.answers is None
    author_id, body = current_viewer().person_id, str(form.body.data)
    similar = similar_to(activity_id, body, author_id=author_id) if looked_for else ()
    personal = [str(FLAGS[flag]) for flag in personal_in(body)]
    return render_template("comments/check.html", similar=similar, personal=personal, **page)


def _page(activity_id: int, form: WordsForm) -> dict[str, Any]:
    """What both pages show: where the comment will stand, and what is asked with it."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    asked = queries.asked_in(activity_id)
    visiting = isinstance(form, VisitorForm)
    if visiting and not asked.thread.open_to_all:
        raise NotFound
    content = form.content()
    passage = passage_in(content, issue.id) if content.subject is not None else None
    form.offer([question for question, _number in asked.questions])
    return {
        "form": form,
        "activity": activity,
        "issue": issue,
        "asked": asked,
        "thread": asked.thread,
        "visiting": visiting,
        "action": url_for("comments.receive" if visiting else "comments.submit", activity_id=activity_id),
        "parent": _parent(activity_id, form),
        "passage": passage,
        "about": passage_words(passage) if passage else _question_words(asked, content.question_id),
    }


def _question_words(asked: queries.Asked, question_id: int | None) -> Any:
    question = asked.question(question_id)
    return question.text if question is not None else None


def _parent(activity_id: int, form: WordsForm) -> Comment | None:
    """The comment being replied to. Raises `NotFound` for one that nobody can reply to."""
    if form.answers is None:
        return None
    parent = queries.comment_in(activity_id, form.answers)
    if parent.parent_id is not None or not parent.has_place:
        raise NotFound
    return parent


def _anchor() -> dict[str, Any]:
    """What the address says the comment is about."""
    found = {name: request.args.get(name, "") for name in ANCHOR}
    return {name: value for name, value in found.items() if value}


def _is_open(activity_id: int, form: WordsForm) -> bool:
    """Ask what sending will ask, so that nobody checks a text that cannot be sent."""
    try:
        return hold_open(activity_id).state == "open"
    except DomainError as error:
        form.blame(error)
        return False
