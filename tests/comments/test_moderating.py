"""The moderator's lists: one act on several comments, appeals decided by another, what the public sees of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from app.activities.comments import background, queries, service
from app.activities.comments.mails import appeal_token
from app.activities.comments.models import Appeal, Comment, Flag
from app.activities.comments.queries import moderating
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.mail import OutgoingMail
from app.identity import leaving
from app.identity.models import Person
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from app.ledger.models import Entry
from tests.comments.make import (
    Scene,
    counted_anew,
    edited,
    make_comment,
    make_hidden,
    make_many,
    make_scene,
    make_thread,
    make_visit,
    thread_counts,
    viewer_of,
    withdrawn,
)
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.test_statements import asked_of_the_database

QUEUE = "/en/comments/moderation"
NOTE = "Please leave out the telephone number and send it again."


def flagged(scene: Scene, number: int) -> list[Comment]:
    comments = [
        make_comment(scene, make_person(), body=f"ข้อที่ {n} โทรหาผมได้ที่ 081-234-56{n:02}") for n in range(number)
    ]
    while background.run():
        pass
    return comments


def choose(browser: PageBrowser, ids: list[int], action: str, show: str, status: int = 200) -> object:
    page = browser.get(f"{QUEUE}?show={show}")
    sent = {"comment": [str(ident) for ident in ids], "action": action, "show": show}
    return browser.fill(page, sent, action=QUEUE, status=status)


def done(browser: PageBrowser, ids: list[int], action: str, show: str, **more: str) -> object:
    check = choose(browser, ids, action, show)
    return browser.fill(check, {"step": "act", "show": show, **more}, action=QUEUE, status=303)


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def states(ids: list[int]) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Comment, ident, populate_existing=True).state for ident in ids]


def test_several_are_hidden_and_shown_again_after_looking(scene: Scene, browser: PageBrowser) -> None:
    ids = [comment.id for comment in flagged(scene, 3)]
    other = make_comment(scene, body="ขอทางลาดสำหรับรถเข็นด้วย")
    moderator = browser.as_(scene.moderator)
    queue = moderator.get(f"{QUEUE}?show=flagged")
    assert "A telephone number" in queue.text
    assert "<mark>081-234-5600</mark>" in queue.html
    assert "ทางลาด" not in queue.text
    assert states(ids) == ["shown"] * 3, "a flag decides nothing"

    check = choose(moderator, ids[:2], "hide", "flagged")
    assert "Hide: 2 comments" in check.text
    assert states(ids) == ["shown"] * 3, "nothing has been done yet"
    [here] = [link for link in check.all("a") if link.attrs.get("aria-current") == "true"]
    assert here.text == "To moderate"
    before = len(mails())
    done(moderator, ids[:2], "hide", "flagged", reason="personal_data", note=NOTE)
    assert states([*ids, other.id]) == ["hidden", "hidden", "shown", "shown"]
    told = mails()[before:]
    assert len({mail.recipient for mail in told}) == len(told) == 2
    assert all(NOTE in mail.body for mail in told)
    facts = db.session.query(Entry).filter(Entry.fact == "comments.comment.hidden").count()
    assert facts == 2, "each comment has its own entry"
    assert thread_counts(scene) == counted_anew(scene)

    done(moderator, ids[:2], "show", "hidden")
    assert states(ids) == ["shown"] * 3
    assert thread_counts(scene) == counted_anew(scene)


def test_each_flagged_comment_is_listed_once_and_a_thousand_are_enough_to_count(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        make_comment(scene, make_person(), body="โทร 081-234-5600 หรือ a@example.com ไอ้เหี้ย").id
        for _ in range(4)
    ]
    while background.run():
        pass
    assert db.session.query(Flag).filter_by(comment_id=ids[0]).count() > 1
    page = queries.moderators_list([scene.agency.id], "flagged")
    assert [row.id for row in page.rows] == ids
    assert [row.id for row in queries.moderators_list([scene.agency.id], "flagged", ids[1]).rows] == ids[2:]
    moderator = browser.as_(scene.moderator)
    assert "Flagged (4)" in moderator.get(QUEUE).text
    monkeypatch.setattr(moderating, "MOST_COUNTED", 3)
    assert "Flagged (3+)" in moderator.get(QUEUE).text


def test_nothing_the_matter_takes_the_flag_off(scene: Scene, browser: PageBrowser) -> None:
    ids = [comment.id for comment in flagged(scene, 2)]
    moderator = browser.as_(scene.moderator)
    done(moderator, ids[:1], "fine", "flagged")
    page = moderator.get(f"{QUEUE}?show=flagged")
    assert "081-234-5600" not in page.text
    assert "081-234-5601" in page.text
    assert states(ids) == ["shown", "shown"]


def test_what_waits_is_admitted_or_refused_in_one_go(scene: Scene, browser: PageBrowser) -> None:
    make_thread(scene, who="open")
    ids = [make_visit(scene, body=f"ขอทางลาดข้อที่ {n}").id for n in range(4)]
    moderator = browser.as_(scene.moderator)
    done(moderator, ids[:2], "admit", "pending")
    done(moderator, ids[2:], "refuse", "pending", reason="off_topic")
    assert states(ids) == ["shown", "shown", "refused", "refused"]
    assert thread_counts(scene) == counted_anew(scene)


@pytest.mark.parametrize("action", ["hide", "fine"])
def test_an_act_in_bulk_falls_on_no_words_nobody_saw(scene: Scene, browser: PageBrowser, action: str) -> None:
    comment, other = flagged(scene, 2)
    changed, same, author = comment.id, other.id, db.session.get_one(Person, comment.person_id)
    moderator = browser.as_(scene.moderator)
    why = {"reason": "personal_data", "note": NOTE} if action == "hide" else {}
    alone = choose(moderator, [changed], action, "flagged")
    both = choose(moderator, [changed, same], action, "flagged")
    edited(comment, author, "โทรหาผมที่เบอร์ใหม่ 089-999-9999")
    while background.run():
        pass
    page = moderator.fill(alone, {"step": "act", **why}, action=QUEUE, status=422)
    assert "changed this comment meanwhile" in page.text
    assert "089-999-9999" in page.text, "the words of now can be read"
    sent = moderator.fill(both, {"step": "act", **why}, action=QUEUE, status=303)
    assert f"left as they are: {changed}" in moderator.follow(sent).text
    assert states([changed, same]) == ["shown", "hidden" if action == "hide" else "shown"]
    moderator.fill(page, {"step": "act", **why}, action=QUEUE, status=303)
    assert queries.waiting_for([scene.agency.id]).flagged == 0


@pytest.mark.parametrize("how", ["verb", "bulk"])
def test_what_was_decided_is_flagged_no_longer(scene: Scene, how: str) -> None:
    make_thread(scene, who="open")
    shown = make_comment(scene, body="โทรหาผมได้ที่ 081-234-5678")
    waits = make_visit(scene, body="โทรหาผมได้ที่ 081-234-5679")
    background.run()
    assert queries.waiting_for([scene.agency.id]).flagged == 2
    viewer, many = viewer_of(scene.moderator), how == "bulk"
    hiding = {"viewer": viewer, "reason": "personal_data", "note": NOTE}
    refusing = {"viewer": viewer, "reason": "personal_data"}
    with transaction():
        if many:
            service.moderate(comment_ids=[shown.id], action="hide", **hiding)
            service.moderate(comment_ids=[waits.id], action="refuse", **refusing)
        else:
            service.hide_comment(comment_id=shown.id, **hiding)
            service.refuse_comment(comment_id=waits.id, **refusing)
    assert db.session.query(Flag).filter(Flag.cleared_at.is_(None)).count() == 0
    with transaction():  # The words are read anew, as after a change of what is flagged.
        db.session.execute(update(Comment).values(worded=False))
    while background.run():
        pass
    assert queries.waiting_for([scene.agency.id]).flagged == 0
    assert queries.moderators_list([scene.agency.id], "flagged").rows == []


@pytest.mark.parametrize("end", ["withdrawn", "erased"])
def test_words_taken_back_are_read_by_no_moderator(scene: Scene, browser: PageBrowser, end: str) -> None:
    gone, kept = flagged(scene, 2)
    author = db.session.get_one(Person, gone.person_id)
    if end == "withdrawn":
        withdrawn(gone, author)
    else:
        with transaction():
            service.erase(author.id)
    assert db.session.query(Flag.comment_id).all() == [(kept.id,)]
    with transaction():  # One that was left behind before flags were taken along.
        row = {"comment_id": gone.id, "flag": "phone", "activity_id": scene.id, "found_at": now()}
        db.session.add(Flag(agency_id=scene.agency.id, **row))
    moderator = browser.as_(scene.moderator)
    page = moderator.get(f"{QUEUE}?show=flagged")
    assert "Flagged (1)" in page.text
    assert f'value="{gone.id}"' not in page.html
    check = choose(moderator, [gone.id, kept.id], "hide", "flagged")
    assert "081-234-5600" not in check.text
    assert "081-234-5601" in check.text


def test_an_appeal_on_words_taken_back_is_not_listed(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    lodge(browser, comment)
    assert len(queries.appeals_of([scene.agency.id])) == 1
    with transaction():  # Past the verb, which takes the appeal along.
        db.session.get_one(Comment, comment.id).withdrawn_at = now()
        db.session.flush()
        note_recorded(db.session.connection(), "comments")
    assert queries.appeals_of([scene.agency.id]) == []
    assert queries.waiting_for([scene.agency.id]).appeals == 0


def test_a_reason_and_a_note_are_needed(scene: Scene, browser: PageBrowser) -> None:
    ids = [comment.id for comment in flagged(scene, 1)]
    moderator = browser.as_(scene.moderator)
    check = choose(moderator, ids, "hide", "flagged")
    page = moderator.fill(check, {"step": "act"}, action=QUEUE, status=422)
    assert len(page.errors()) == 2
    kept = moderator.fill(check, {"step": "act", "note": NOTE}, action=QUEUE, status=422)
    assert NOTE in kept.html
    assert states(ids) == ["shown"]


def test_nothing_ticked_is_said(scene: Scene, browser: PageBrowser) -> None:
    flagged(scene, 1)
    moderator = browser.as_(scene.moderator)
    assert "Tick at least one comment" in choose(moderator, [], "hide", "flagged", 422).text
    assert "Tick at least one comment" in choose(moderator, [999_999], "hide", "flagged", 422).text


def test_what_changed_meanwhile_is_left_and_named(scene: Scene, browser: PageBrowser) -> None:
    comments = flagged(scene, 3)
    ids = [comment.id for comment in comments]
    moderator = browser.as_(scene.moderator)
    check = choose(moderator, ids, "hide", "flagged")
    make_hidden(scene, comments[0])
    sent = moderator.fill(
        check, {"step": "act", "reason": "personal_data", "note": NOTE}, action=QUEUE, status=303
    )
    page = moderator.follow(sent)
    assert "Done to 2 comments" in page.text
    assert f"left as they are: {ids[0]}" in page.text
    assert states(ids) == ["hidden"] * 3


def test_told_is_said_only_where_somebody_was_told(scene: Scene, browser: PageBrowser) -> None:
    make_thread(scene, who="open")
    fine = flagged(scene, 1)[0].id
    silent = make_visit(scene, body="ขอทางลาดหน้าตลาดด้วย").id
    visits = [make_visit(scene, body=f"ขอทางลาด {n}", email=f"v{n}@example.com").id for n in range(3)]
    moderator, before = browser.as_(scene.moderator), len(mails())

    def said(ids: list[int], action: str, show: str) -> str:
        check = choose(moderator, ids, action, show)
        return moderator.follow(moderator.fill(check, {"step": "act"}, action=QUEUE, status=303)).text

    page = said([fine], "fine", "flagged")
    assert "Done to 1 comment." in page
    assert "been told" not in page
    assert "There is nothing here" in page, "the list one came from"
    assert "been told" not in said([silent], "admit", "pending")
    assert len(mails()) == before
    assert "Its author has been told" in said(visits[:1], "admit", "pending")
    other = make_visit(scene, body="ขอม้านั่งหน้าตลาดด้วย").id
    assert "The authors of 2 of them have been told" in said([*visits[1:], other], "admit", "pending")
    assert len(mails()) == before + 3


def test_more_than_can_be_done_at_once_is_said(scene: Scene, browser: PageBrowser) -> None:
    make_many(scene, 101)
    ids = [ident for (ident,) in db.session.query(Comment.id)]
    assert (
        "Tick 100 comments at most" in choose(browser.as_(scene.moderator), ids, "hide", "flagged", 422).text
    )


def test_another_agencys_comments_are_not_there(scene: Scene, browser: PageBrowser) -> None:
    elsewhere = make_scene()
    mine, theirs = flagged(scene, 1)[0].id, flagged(elsewhere, 1)[0].id
    moderator = browser.as_(scene.moderator)
    assert f'value="{theirs}"' not in moderator.get(f"{QUEUE}?show=flagged").html
    done(moderator, [mine, theirs], "hide", "flagged", reason="personal_data", note=NOTE)
    assert states([mine, theirs]) == ["hidden", "shown"]


@pytest.mark.parametrize(
    ("path", "who"),
    [(QUEUE, "comments.moderate"), ("/en/comments/appeals", "comments.decide_appeals")],
)
def test_who_may_see_the_lists(scene: Scene, browser: PageBrowser, path: str, who: str) -> None:
    browser.get(path, 303)
    browser.as_(scene.citizen).get(path, 403)
    browser.as_(scene.officer).get(path, 403)
    browser.as_(scene.moderator).get(path)
    executive = browser.as_(make_person("executive", scene.agency))
    executive.get(path, 200 if who == "comments.decide_appeals" else 403)


def test_the_lists_cost_the_same_for_few_and_many(scene: Scene, browser: PageBrowser) -> None:
    flagged(scene, 2)
    moderator = browser.as_(scene.moderator)
    moderator.get(QUEUE)
    few = asked_of_the_database(lambda: moderator.get(f"{QUEUE}?show=flagged"))
    flagged(scene, 40)
    many = asked_of_the_database(lambda: moderator.get(f"{QUEUE}?show=flagged"))
    assert len(few) == len(many)


# ---------------------------------------------------------------- appeals


def link(comment: Comment) -> str:
    return f"/en/comments/appeal/{appeal_token(comment.id)}"


def lodge(browser: PageBrowser, comment: Comment) -> None:
    sent = browser.submit(link(comment), {"words": "It is my own shop's number, on its sign for years."})
    assert "has arrived" in browser.follow(sent).text


def decide(browser: PageBrowser, scene: Scene, comment: Comment, status: int = 303, **values: str) -> object:
    path = scene.path(f"/decide/{comment.id}")
    given = {"decision": "overturn", "reason": "The number is public, so it may stay.", **values}
    return browser.submit(path, given, status=status)


def test_an_appeal_is_decided_by_another_and_its_author_told(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    address = re.search(r"http://localhost(/\S+/comments/appeal/\S+)", mails()[-1].body)
    assert address is not None, "the mail leads to the appeal"
    assert str(scene.citizen.id) not in address[1].split("/appeal/")[1].split(".")[0]
    lodge(browser, comment)
    assert "Somebody else is deciding" in browser.as_(scene.citizen).get("/en/comments/mine").text
    second = browser.get(link(comment))
    assert "has arrived" in second.text
    assert not second.all("textarea"), "once only"

    hider = browser.as_(scene.moderator)
    assert "somebody else decides" in hider.get("/en/comments/appeals").text
    assert "somebody else must decide" in hider.get(scene.path(f"/decide/{comment.id}")).text
    other = browser.as_(make_person("moderator", scene.agency))
    decide(other, scene, comment)
    assert states([comment.id]) == ["shown"]
    assert "The number is public" in mails()[-1].body
    assert mails()[-1].recipient == scene.citizen.email
    assert thread_counts(scene) == counted_anew(scene)
    facts = [row.fact for row in db.session.query(Entry).filter(Entry.subject == f"comment/{comment.id}")]
    assert {"comments.appeal.lodged", "comments.appeal.decided", "comments.comment.unhidden"} <= set(facts)
    bodies = " ".join(row.body for row in db.session.query(Entry))
    assert "sign for years" not in bodies
    assert "number is public" not in bodies


def test_an_executive_decides_where_there_is_one_moderator(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    lodge(browser, comment)
    executive = browser.as_(make_person("executive", scene.agency))
    decide(executive, scene, comment, decision="uphold", reason="It names a neighbour's house.")
    assert states([comment.id]) == ["hidden"]
    assert "neighbour" in browser.as_(scene.citizen).get("/en/comments/mine").text


def test_a_refused_comment_can_be_appealed_without_an_account(scene: Scene, browser: PageBrowser) -> None:
    make_thread(scene, who="open")
    comment = make_visit(scene, email="visitor@example.com")
    with transaction():
        service.refuse_comment(comment_id=comment.id, viewer=viewer_of(scene.moderator), reason="off_topic")
    assert "/comments/appeal/" in mails()[-1].body
    lodge(browser, comment)
    decide(browser.as_(make_person("moderator", scene.agency)), scene, comment)
    assert states([comment.id]) == ["shown"]
    assert mails()[-1].recipient == "visitor@example.com"
    assert thread_counts(scene) == counted_anew(scene)


def test_who_hid_it_never_decides(scene: Scene) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    with transaction():
        service.lodge_appeal(comment_id=comment.id, words="It was no personal data of anybody.")
    with pytest.raises(DomainError), transaction():
        service.decide_appeal(
            comment_id=comment.id, viewer=viewer_of(scene.moderator), overturn=False, reason="It stays so."
        )
    with pytest.raises(IntegrityError), db.engine.begin() as connection:  # Nor past the verb.
        connection.execute(
            text(
                "UPDATE comments_appeals SET decided_at = lodged_at, decider_id = hider_id,"
                " overturned = false, reason = 'x'"
            )
        )


def test_who_hid_it_meanwhile_does_not_decide_either(scene: Scene, browser: PageBrowser) -> None:
    """An appeal against one hider, left open while another hid the comment anew."""
    comment = make_comment(scene)
    make_hidden(scene, comment)
    lodge(browser, comment)
    second = make_person("moderator", scene.agency)
    with transaction():
        held = db.session.get_one(Comment, comment.id, populate_existing=True)
        held.moderated_by = second.id
        db.session.flush()
        note_recorded(db.session.connection(), "comments")
    hider = browser.as_(second)
    assert "somebody else decides" in hider.get("/en/comments/appeals").text
    assert not hider.get(scene.path(f"/decide/{comment.id}")).all("textarea")
    with pytest.raises(DomainError), transaction():
        service.decide_appeal(
            comment_id=comment.id, viewer=viewer_of(second), overturn=True, reason="It may well stay."
        )


def test_a_moderator_is_not_judge_of_their_own_comment(scene: Scene, browser: PageBrowser) -> None:
    author = make_person("moderator", scene.agency)
    comment = make_comment(scene, author, body="โทรหาผมได้ที่ 081-234-5678")
    background.run()
    viewer = viewer_of(author)
    hiding = {"comment_id": comment.id, "viewer": viewer, "reason": "threat", "note": NOTE}
    with pytest.raises(DomainError), transaction():
        service.hide_comment(**hiding)
    with pytest.raises(DomainError), transaction():
        service.clear_flags(comment_id=comment.id, viewer=viewer)
    assert states([comment.id]) == ["shown"]
    make_hidden(scene, comment)
    with pytest.raises(DomainError), transaction():
        service.show_again(comment_id=comment.id, viewer=viewer)
    lodge(browser, comment)
    own = browser.as_(author)
    assert "You wrote it; somebody else decides." in own.get("/en/comments/appeals").text
    assert not own.get(scene.path(f"/decide/{comment.id}")).all("textarea")
    with pytest.raises(DomainError), transaction():
        service.decide_appeal(comment_id=comment.id, viewer=viewer, overturn=True, reason="I say so myself.")
    assert states([comment.id]) == ["hidden"]


def test_an_appeal_has_its_time_and_its_one_try(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    comment, late = make_comment(scene), make_comment(scene, make_person())
    make_hidden(scene, comment)
    make_hidden(scene, late)
    lodge(browser, comment)
    with pytest.raises(DomainError), transaction():
        service.lodge_appeal(comment_id=comment.id, words="And once more, please look again.")
    clock.advance(days=15)
    assert "15 days for an appeal are over" in browser.get(link(late)).text
    with pytest.raises(DomainError), transaction():
        service.lodge_appeal(comment_id=late.id, words="I was on holiday, please look again.")
    assert service.last_moment(late) == now()


def appeals_waiting(browser: PageBrowser, scene: Scene) -> tuple[str, str]:
    """What the tab counts, and the list."""
    moderator = browser.as_(scene.moderator)
    found = re.search(r"Appeals \((\d+)\)", moderator.get(QUEUE).text)
    assert found is not None
    return found[1], moderator.get("/en/comments/appeals").text


@pytest.mark.parametrize("end", ["shown", "shown in bulk", "withdrawn", "erased"])
def test_an_appeal_ends_with_what_it_was_about(scene: Scene, browser: PageBrowser, end: str) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    lodge(browser, comment)
    assert appeals_waiting(browser, scene)[0] == "1"
    viewer = viewer_of(scene.moderator)
    if end == "withdrawn":
        withdrawn(comment, scene.citizen)
    else:
        with transaction():
            if end == "shown":
                service.show_again(comment_id=comment.id, viewer=viewer)
            elif end == "shown in bulk":
                service.moderate(comment_ids=[comment.id], viewer=viewer, action="show")
            else:
                service.erase(scene.citizen.id)
    number, listed = appeals_waiting(browser, scene)
    assert number == "0"
    assert "No appeal waits" in listed
    assert db.session.query(Appeal).count() == 0
    if end == "shown":
        make_hidden(scene, comment)
        assert "/comments/appeal/" in mails()[-1].body, "nobody has decided one yet"
        assert appeals_waiting(browser, scene)[0] == "0"


def test_a_mail_offers_no_second_appeal(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    assert "/comments/appeal/" in mails()[-1].body
    lodge(browser, comment)
    decide(browser.as_(make_person("moderator", scene.agency)), scene, comment)
    make_hidden(scene, comment)
    assert "ซ่อน" in mails()[-1].body
    assert "/comments/appeal/" not in mails()[-1].body


@pytest.mark.parametrize("token", ["x", "1", "MQ.x", "Mg.AAAA", "%00"])
def test_a_link_nobody_signed_leads_nowhere(scene: Scene, browser: PageBrowser, token: str) -> None:
    browser.get(f"/en/comments/appeal/{token}", 404)


def test_who_leaves_takes_the_appeal_along(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene)
    make_hidden(scene, comment)
    lodge(browser, comment)
    with transaction():
        leaving.end_account(person_id=scene.citizen.id, actor=SYSTEM)
    db.session.rollback()
    assert db.session.get(Appeal, comment.id) is None
    browser.get(link(comment), 404)


# ---------------------------------------------------------------- what the public sees


def test_the_public_reads_what_was_done_by_month_and_reason(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    first, second = make_comment(scene), make_comment(scene, make_person())
    make_hidden(scene, first)
    make_hidden(scene, second, reason="off_topic")
    lodge(browser, first)
    decide(browser.as_(make_person("moderator", scene.agency)), scene, first)
    clock.advance(days=20)
    third = make_comment(make_scene(), make_person())
    assert third.state == "shown"
    path = f"/comments/moderated/{scene.agency.id}"
    thai, english = browser.get(f"/th{path}"), browser.get(f"/en{path}")
    assert "เมษายน 2569" in thai.text
    assert "April 2026" in english.text
    assert "It was not about this issue" in english.text
    months = browser.client.get(f"/en{path}.json").get_json()["months"]
    assert [(row["reason"], row["hidden"], row["overturned"]) for row in months] == [
        ("off_topic", 1, 0),
        ("personal_data", 1, 1),
    ]
    assert path in browser.get(f"/en/agencies/{scene.agency.id}").html
    browser.get("/en/comments/moderated/999999", 404)
