"""Words that make a moderator look. Short, reviewed, and only words that are rude wherever they stand alone.

A word that is rude in one sentence and ordinary in another (an animal, a part of the body) is not among them:
a flag that is mostly wrong is soon no longer read.
"""

RUDE_WORDS = frozenset(
    {
        "เหี้ย",
        "ไอ้เหี้ย",
        "อีเหี้ย",
        "ไอ้สัตว์",
        "ไอ้สัส",
        "สัส",
        "อีสัตว์",
        "ไอ้ควาย",
        "อีควาย",
        "เย็ด",
        "เย็ดแม่",
        "ควย",
        "หี",
        "แตด",
        "ระยำ",
        "จัญไร",
        "สถุน",
        "กระหรี่",
        "อีดอก",
        "อีตอแหล",
        "ตอแหล",
        "ชิบหาย",
        "ฉิบหาย",
        "ไอ้เวร",
        "fuck",
        "fucking",
        "fucker",
        "shit",
        "bullshit",
        "asshole",
        "bastard",
        "bitch",
        "cunt",
        "motherfucker",
        "wanker",
    }
)
