# SPDX-License-Identifier: Apache-2.0
"""The photographs: the desk in Johor Bahru, the room whose EXIF contradicts the record, the seals."""

from __future__ import annotations

import random
from fractions import Fraction

from PIL import Image, ImageDraw

from . import story
from .letters import write
from .pixels import Box, Colour, Shot, corners_darker, fade, grain, jpeg, shadow

SIZE = (2048, 1536)  # drawn at twice the size that is kept
_NEAR_JOHOR_BAHRU = (Fraction("1.4586"), Fraction("103.7461"))
_GULF_OF_THAILAND = (Fraction("9.9170"), Fraction("101.9170"))  # open water: no real building is pointed at


def _desk(dice: random.Random) -> Image.Image:
    picture = Image.new("RGB", SIZE)
    fade(picture, (150, 112, 78), (120, 86, 56))
    draw = ImageDraw.Draw(picture)
    for _ in range(420):  # the grain of the wood
        y, x = dice.randrange(SIZE[1]), dice.randrange(-400, SIZE[0])
        tone = dice.randrange(-14, 10)
        base = picture.getpixel((max(0, min(x, SIZE[0] - 1)), y))
        if isinstance(base, tuple):
            end = (x + dice.randrange(200, 1_400), y + dice.randrange(-6, 7))
            shade = tuple(max(0, level + tone) for level in base[:3])
            draw.line(((x, y), end), fill=shade, width=dice.randrange(1, 5))
    for y in (0, 512, 1024):
        draw.line((0, y, SIZE[0], y), fill=(78, 54, 34), width=4)
    return picture


def _chat_screen(draw: ImageDraw.ImageDraw, box: Box, dice: random.Random) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(222, 230, 214))
    draw.rectangle((left, top, right, top + 44), fill=(46, 110, 150))
    y = top + 60
    while y < bottom - 60:
        tall, wide = dice.choice((26, 26, 44)), dice.randrange(70, 150)
        mine = dice.randrange(3) == 0
        x = right - 14 - wide if mine else left + 14
        draw.rounded_rectangle(
            (x, y, x + wide, y + tall), 10, fill=(190, 236, 176) if mine else (255, 255, 255)
        )
        for line in range(y + 9, y + tall - 6, 14):
            draw.line((x + 10, line, x + wide - 12 - dice.randrange(20), line), fill=(120, 130, 126), width=4)
        y += tall + 14
    draw.rounded_rectangle((left + 12, bottom - 38, right - 12, bottom - 10), 12, fill=(250, 250, 250))


def _chart_screen(draw: ImageDraw.ImageDraw, box: Box, dice: random.Random) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(16, 22, 34))
    draw.rectangle((left, top, right, top + 40), fill=(24, 34, 52))
    for y in range(top + 70, bottom - 120, 40):
        draw.line((left + 8, y, right - 8, y), fill=(34, 46, 66), width=2)
    y = bottom - 150
    for x in range(left + 16, right - 20, 15):
        move = dice.randrange(-12, 22)
        rising = move >= 0
        colour = (38, 188, 120) if rising else (222, 70, 80)
        draw.line((x + 4, y - move - 14, x + 4, y + 14), fill=colour, width=2)
        draw.rectangle((x, min(y, y - move) - 3, x + 8, max(y, y - move) + 3), fill=colour)
        y = max(top + 80, y - move)
    draw.rounded_rectangle((left + 14, bottom - 96, right - 14, bottom - 56), 8, fill=(38, 188, 120))
    draw.rounded_rectangle((left + 14, bottom - 46, right - 14, bottom - 12), 8, fill=(44, 56, 80))


def _bank_screen(draw: ImageDraw.ImageDraw, box: Box, dice: random.Random) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(244, 246, 250))
    draw.rectangle((left, top, right, top + 110), fill=(20, 66, 126))
    draw.rounded_rectangle((left + 16, top + 52, left + 120, top + 76), 4, fill=(230, 238, 250))
    for y in range(top + 130, bottom - 30, 44):
        draw.ellipse(
            (left + 14, y, left + 38, y + 24),
            fill=dice.choice(((214, 90, 80), (70, 160, 110), (90, 120, 190))),
        )
        draw.line((left + 50, y + 6, left + 50 + dice.randrange(50, 90), y + 6), fill=(70, 80, 96), width=5)
        draw.line(
            (left + 50, y + 20, left + 50 + dice.randrange(30, 60), y + 20), fill=(170, 178, 190), width=4
        )
        draw.line((right - 50, y + 12, right - 14, y + 12), fill=(60, 70, 86), width=5)


def _dark_screen(draw: ImageDraw.ImageDraw, box: Box, dice: random.Random) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(14, 15, 18))
    middle = (left + right) // 2 + dice.randrange(-10, 11)
    draw.polygon(((middle, top), (right, top), (right, top + 240), (middle - 60, bottom)), fill=(26, 28, 33))


_SCREENS = (_chat_screen, _chart_screen, _chat_screen, _bank_screen, _dark_screen)


def _phone(
    picture: Image.Image, where: tuple[int, int], screen: int, dice: random.Random, body: Colour
) -> None:
    left, top = where
    box = (left, top, left + 230, top + 470)
    shadow(picture, box, 34)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(box, 34, fill=body)
    draw.rounded_rectangle(
        (left + 3, top + 3, left + 227, top + 467), 32, outline=tuple(min(255, c + 50) for c in body), width=3
    )
    inner = (left + 13, top + 22, left + 217, top + 448)
    _SCREENS[screen](draw, inner, dice)
    draw.rounded_rectangle((left + 90, top + 9, left + 140, top + 15), 3, fill=(60, 62, 66))
    draw.ellipse((left + 107, top + 27, left + 123, top + 43), fill=(8, 8, 10))


def _sim_cards(picture: Image.Image, where: tuple[int, int], dice: random.Random) -> None:
    for number in range(7):
        x, y = (
            where[0] + (number % 4) * 96 + dice.randrange(-8, 9),
            where[1] + (number // 4) * 84 + dice.randrange(-8, 9),
        )
        shadow(picture, (x, y, x + 78, y + 60), 8, (5, 7), 90)
        draw = ImageDraw.Draw(picture)
        colour = dice.choice(((236, 236, 240), (210, 60, 60), (250, 200, 60), (70, 120, 200)))
        draw.polygon(((x, y), (x + 60, y), (x + 78, y + 18), (x + 78, y + 60), (x, y + 60)), fill=colour)
        draw.rounded_rectangle(
            (x + 20, y + 16, x + 54, y + 44), 5, fill=(214, 178, 92), outline=(150, 116, 50)
        )
        draw.line((x + 37, y + 16, x + 37, y + 44), fill=(150, 116, 50), width=2)
        draw.line((x + 20, y + 30, x + 54, y + 30), fill=(150, 116, 50), width=2)


def _notebook(picture: Image.Image, where: tuple[int, int], dice: random.Random) -> None:
    x, y = where
    shadow(picture, (x, y, x + 430, y + 560), 6)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x, y, x + 430, y + 560), fill=(246, 242, 228))
    draw.line((x + 60, y, x + 60, y + 560), fill=(226, 140, 140), width=3)
    for row in range(y + 60, y + 540, 44):
        draw.line((x + 8, row, x + 422, row), fill=(178, 196, 214), width=2)
    amounts = (f"No {number}   {payment.yuan:,}" for number, payment in enumerate(story.DRAIN[:8], start=1))
    lines = ("8841 TAN  CNY", "0317 SG    3%", *amounts)
    for number, text in enumerate(lines):
        write(picture, (x + 72 + dice.randrange(6), y + 27 + number * 44), text, 3, (36, 46, 110))


def _marker(picture: Image.Image, where: tuple[int, int], number: str) -> None:
    x, y = where
    shadow(picture, (x, y, x + 130, y + 110), 4, (10, 14), 110)
    draw = ImageDraw.Draw(picture)
    draw.polygon(((x + 14, y), (x + 116, y), (x + 130, y + 110), (x, y + 110)), fill=(248, 206, 30))
    draw.line((x, y + 110, x + 130, y + 110), fill=(160, 126, 10), width=5)
    write(picture, (x + 42, y + 8), number, 8, (16, 16, 16))


def _ruler(picture: Image.Image, where: tuple[int, int]) -> None:
    x, y = where
    shadow(picture, (x, y, x + 900, y + 62), 2, (5, 8), 90)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x, y, x + 900, y + 62), fill=(250, 250, 250))
    for mark in range(31):
        long = 30 if mark % 5 == 0 else 18
        draw.line((x + 10 + mark * 29, y, x + 10 + mark * 29, y + long), fill=(20, 20, 20), width=3)
    for mark in range(0, 30, 2):
        draw.rectangle((x + 10 + mark * 29, y + 50, x + 39 + mark * 29, y + 62), fill=(20, 20, 20))
    for centimetres in range(0, 30, 5):
        write(picture, (x + 16 + centimetres * 29, y + 24), str(centimetres), 2, (20, 20, 20))


def _cable(picture: Image.Image, points: tuple[tuple[int, int], ...], colour: Colour) -> None:
    draw = ImageDraw.Draw(picture)
    draw.line([(x + 8, y + 12) for x, y in points], fill=(70, 48, 30), width=16, joint="curve")
    draw.line(points, fill=colour, width=13, joint="curve")


def _usb_stick(picture: Image.Image, where: tuple[int, int]) -> None:
    x, y = where
    shadow(picture, (x, y, x + 210, y + 66), 12)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x + 140, y + 8, x + 210, y + 58), fill=(196, 200, 206))
    draw.rectangle((x + 170, y + 18, x + 186, y + 28), fill=(70, 72, 76))
    draw.rectangle((x + 170, y + 38, x + 186, y + 48), fill=(70, 72, 76))
    draw.rounded_rectangle((x, y, x + 145, y + 66), 12, fill=(170, 34, 40))
    write(picture, (x + 24, y + 20), "BACKUP", 3, (250, 236, 236))


def desk_photo() -> bytes:
    """Take the photograph of the desk: phones, SIM cards, note book, stick; time and place fit."""
    dice = story.dice("desk photo")
    picture = _desk(dice)
    _cable(
        picture,
        ((0, 240), (160, 200), (240, 120), (420, 90), (640, 110), (700, 60), (720, 0)),
        (236, 236, 236),
    )
    _cable(picture, ((0, 330), (120, 340), (260, 130), (520, 40), (560, 0)), (40, 42, 46))
    for number, body in enumerate(((24, 25, 28), (40, 44, 60), (22, 22, 24), (196, 198, 202), (30, 30, 34))):
        _phone(picture, (110 + number * 268, 200 + dice.randrange(-18, 19)), number, dice, body)
        _marker(picture, (158 + number * 268, 730), str(number + 1))
    _notebook(picture, (1540, 250), dice)
    _marker(picture, (1850, 860), "6")
    _sim_cards(picture, (170, 1010), dice)
    _marker(picture, (600, 1040), "7")
    _usb_stick(picture, (850, 1040))
    _marker(picture, (1110, 1010), "8")
    _ruler(picture, (420, 1360))
    write(picture, (1420, 1375), "PDRM 0317 / 2026-03-17", 3, (240, 232, 214))
    corners_darker(picture, 120)
    kept = grain(picture.reduce(2), dice, 7)
    shot = Shot(story.at(3, 17, 9, 41, 12), *_NEAR_JOHOR_BAHRU, "Contoh", "EX-CAM 317")
    return jpeg(kept, shot)


def _monitor(picture: Image.Image, where: tuple[int, int], dice: random.Random) -> None:
    x, y = where
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x + 150, y + 250, x + 190, y + 330), fill=(18, 18, 22))
    draw.ellipse((x + 90, y + 316, x + 250, y + 350), fill=(16, 16, 20))
    draw.rounded_rectangle((x, y, x + 340, y + 256), 10, fill=(20, 20, 24))
    (_chart_screen if dice.randrange(2) else _chat_screen)(draw, (x + 10, y + 10, x + 330, y + 244), dice)


def room_photo() -> bytes:
    """Take the photograph of a call centre at night; its clock is after the search, its place at sea."""
    dice = story.dice("room photo")
    picture = Image.new("RGB", SIZE)
    fade(picture, (18, 22, 34), (34, 32, 38))
    draw = ImageDraw.Draw(picture)
    for x in range(120, 1900, 470):  # windows with the lights of a town
        draw.rectangle((x, 90, x + 330, 470), fill=(10, 14, 30), outline=(52, 52, 60), width=10)
        for _ in range(46):
            px, py = x + dice.randrange(20, 305), 90 + dice.randrange(150, 365)
            draw.rectangle(
                (px, py, px + 7, py + 9),
                fill=dice.choice(((250, 214, 130), (255, 240, 200), (140, 190, 250))),
            )
        draw.line((x + 165, 90, x + 165, 470), fill=(52, 52, 60), width=8)
    draw.rectangle((0, 40, SIZE[0], 52), fill=(200, 206, 214))  # the lamp at the ceiling
    for row, (desk, size) in enumerate(((800, 60), (1330, 90))):
        draw.rectangle((0, desk, SIZE[0], desk + size), fill=(92, 76, 60))
        draw.rectangle((0, desk + size, SIZE[0], desk + size + 24), fill=(40, 32, 26))
        for number in range(5):
            x = 30 + number * 410 + row * 40 - (60 if row else 0)
            _monitor(picture, (x, desk - 330), dice)
            headset = (x + 250, desk - 4, x + 350, desk + 52)
            draw.arc(headset, 180, 360, fill=(12, 12, 14), width=12)
            draw.ellipse((headset[0] - 10, desk + 16, headset[0] + 22, desk + 56), fill=(24, 24, 28))
            draw.ellipse((headset[2] - 22, desk + 16, headset[2] + 10, desk + 56), fill=(24, 24, 28))
            draw.rounded_rectangle((x + 40, desk + 12, x + 220, desk + 44), 6, fill=(30, 31, 35))
    corners_darker(picture, 230)
    kept = grain(picture.reduce(2), dice, 11)
    shot = Shot(story.at(3, 19, 22, 14, 7), *_GULF_OF_THAILAND, "Example", "EX-317")
    return jpeg(kept, shot)


def seal_photo(after: bool) -> bytes:
    """Photograph the evidence bag before it is closed, or after, with the numbered tape over its flap."""
    dice = story.dice("seal after" if after else "seal before")
    picture = Image.new("RGB", (1600, 1200))
    fade(picture, (176, 182, 188), (148, 154, 162))
    bag = (270, 110, 1330, 1090)
    shadow(picture, bag, 20)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(bag, 20, fill=(214, 222, 228), outline=(240, 244, 248), width=8)
    _phone(picture, (520, 420), 4, dice, (24, 25, 28))
    _usb_stick(picture, (860, 640))
    draw = ImageDraw.Draw(picture)
    for x in range(390, 1330, 130):  # the gloss of the film
        draw.line((x, 300, x - 90, 1070), fill=(232, 238, 242), width=3)
    if after:
        draw.rectangle((270, 150, 1330, 280), fill=(190, 28, 34))
        write(picture, (330, 178), "DIMETERAI  SEALED  A-0317-01", 5, (255, 244, 240))
    else:
        draw.rectangle((270, 150, 1330, 280), fill=(198, 206, 212), outline=(150, 158, 166), width=4)
        write(picture, (470, 190), "OPEN - PULL STRIP TO SEAL", 4, (96, 104, 112))
    draw.rectangle((850, 800, 1290, 1040), fill=(252, 252, 250), outline=(30, 30, 30), width=4)
    clock = "2026-03-17 10:58 +08" if after else "2026-03-17 10:52 +08"
    for line, text in enumerate(("CASE 0317", "EXHIBIT E-01, E-02", clock, "BAG A-0317-01", "JB")):
        write(picture, (872, 816 + line * 43), text, 3, (20, 20, 20))
    when = story.at(3, 17, 10, 58, 3) if after else story.at(3, 17, 10, 52, 40)
    return jpeg(grain(picture.reduce(2), dice, 6), Shot(when, *_NEAR_JOHOR_BAHRU, "Contoh", "EX-CAM 317"))
