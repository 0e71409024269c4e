from __future__ import annotations
import io, os
from typing import Any
import pytest
from axe_playwright_python.sync_playwright import Axe
from app.core.db import db
from app.identity.models import SignInSession
from app.identity.viewer import token_digest
from tests.panels.make import *
from tests.support.browser import PageBrowser
from tests.support.make import make_person, make_activity
OUT="/tmp/rk_panels/shots"
def test_shots(engine_name, app, live_url, new_page, clock):
    if engine_name!="sqlite": pytest.skip("one")
    os.makedirs(OUT,exist_ok=True)
    scene=make_scene(opens_in=-20,closes_in=30,level=4)
    prep=db.session
    s2=make_scene(opens_in=2, level=4)
    prepare(s2.activity,s2.officer,[group("ผู้ค้าในตลาดเก่าท่าช้าง",3,id=s2.traders,en="Traders of the Tha Chang old market"),group("ผู้เช่าบ้านและแรงงานข้ามชาติ",2,"vulnerable",id=s2.tenants,en="Tenants and migrant workers"),group("นักวิชาการด้านน้ำ",1,"academic",en=None)],purpose_th="คณะทำงาน 12 คนจาก 7 กลุ่ม ช่วยปรับแบบร่างจากความเห็นที่รับไว้ ให้เหลือแบบที่ลงมติได้จริง",purpose_en="Twelve people from seven groups use the comments to improve the designs until they are ready to be voted on.",choosing_th="แต่ละกลุ่มเสนอชื่อ แล้วจับสลากต่อหน้าสาธารณะ มีค่าเดินทางและล่าม",choosing_en="Each group puts names forward. Seats are drawn by lot in public. Travel and interpreters are paid.",agreement_th="จังหวัดตกลงว่าข้อเสนอของคณะออกแบบร่วมจะอยู่ในแบบสุดท้าย ข้อใดไม่รับต้องเขียนเหตุผลไว้",agreement_en="The province agrees that the team's proposals go into the final designs.")
    set_window(s2.activity,-20,30); scene=s2
    m1=make_member(scene, make_person(name="นางมาลี ริมน้ำน้อย"))
    m2=make_member(scene, make_person(name="นายสมพร ทุ่งสีบัว"), show_name=False)
    make_member(scene, scene.citizen, group_id=scene.tenants)
    make_representative(scene)
    make_application(scene, make_person(name="นายประเสริฐ ใจงาม"))
    applicant=make_person(name="ผู้สมัครใหม่")
    src=make_activity(scene.issue,"comments",opens_in=-40,closes_in=-30,title_th="ความเห็นต่อแบบร่าง 3 แบบ",title_en="Comments on the three designs")
    a=make_meeting(scene,-10); make_minutes(scene,a,[m1.id])
    d=make_decision(scene,a,said_th="ทางลาดชันเกินไป รถเข็นขึ้นเองไม่ได้",said_en="The ramps are too steep for a wheelchair",source_id=src.id)
    make_decision(scene,a,"under_review",text_en=None)
    from app.activities.panels import decisions as dv
    with transaction():
        dv.revise_decision(decision_id=d.id,viewer=viewer_of(scene.officer),content=decision_content("partly"),change_th="ผลสำรวจพื้นที่จริงบอกว่าทำได้ 10 จาก 12 แห่ง",change_en="The survey found room for ten of the twelve",revision=1)
    b=make_meeting(scene,-3); make_attendance(scene,b,[m1.id,m2.id]); make_draft(scene,b)
    c=make_meeting(scene,5)
    e=make_meeting(scene,6)
    with transaction(): meetings.cancel_meeting(meeting_id=e.id,viewer=viewer_of(scene.officer),reason_th="น้ำท่วมทางเข้าศาลา",reason_en=None)
    officer=PageBrowser(app).as_(scene.officer)
    P=f"/panels/{scene.id}"
    anon={"show":P,"meeting":f"{P}/meetings/{a.id}","meeting_c":f"{P}/meetings/{e.id}","issue":f"/issues/{scene.issue.id}"}
    cit={"apply":f"{P}/apply","mine":"/panels/mine","name":f"{P}/name","leave":f"{P}/leave"}
    off={"desk":"/panels/desk","manage":f"{P}/manage","applications":f"{P}/applications","answer":f"{P}/applications/4","representative":f"{P}/representatives/new","end":f"{P}/members/{m1.id}/end","call":f"{P}/meetings/new","attendance":f"{P}/meetings/{b.id}/attendance","minutes":f"{P}/meetings/{b.id}/minutes","correct":f"{P}/meetings/{a.id}/minutes","adopt":f"{P}/meetings/{b.id}/adopt","decide":f"{P}/meetings/{b.id}/decisions/new","revise":f"{P}/decisions/{d.id}/revise","cancel":f"{P}/meetings/{c.id}/cancel","attach":f"{P}/meetings/{b.id}/files/new"}
    s3=make_scene(opens_in=5,level=4)
    faults=[]
    def cookie(person):
        br=PageBrowser(app).as_(person)
        return br.client.get_cookie("session").value
    for who,pages,person in (("anon",anon,None),("cit",cit,scene.citizen),("new",{"apply_new":f"{P}/apply"},applicant),("off",off,scene.officer),("off3",{"setup":f"/panels/{s3.id}/setup"},s3.officer)):
        for vp in ({"width":390,"height":844},{"width":1280,"height":900}):
            page=new_page(viewport=vp)
            if person is not None:
                page.context.add_cookies([{"name":"session","value":cookie(person),"url":live_url}])
            for name,path in pages.items():
                for lang in ("th","en"):
                    r=page.goto(f"{live_url}/{lang}{path}")
                    if r.status!=200: faults.append((name,lang,r.status)); continue
                    page.screenshot(path=f"{OUT}/{name}-{lang}-{vp['width']}.png",full_page=True)
                    over=page.evaluate("document.documentElement.scrollWidth-document.documentElement.clientWidth")
                    if over>0: faults.append((name,lang,vp['width'],"overflow",over))
                    res=Axe().run(page)
                    for v in res.response["violations"]:
                        faults.append((name,lang,vp["width"],v["id"],[n["target"] for n in v["nodes"]][:3]))
    for f in faults: print(f)
    assert not faults
