from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.widgets.film_slider import FilmSlider
from tests.desktop.helpers_widgets import LEFT, drag, flat, holds_colour, seen

CLOCKS = [0, 1000, 2000, 4000, 8000, 16000, 32000]
NOW = 40_000


@pytest.fixture
def film(qtbot: QtBot) -> FilmSlider:
    film = FilmSlider()
    film.resize(800, film.height())
    film.set_moments(CLOCKS, NOW)
    qtbot.addWidget(film)
    film.show()
    return film


def _x(clock: int) -> int:
    return 44 + round((800 - 44 - 116) * clock / NOW)


def test_it_sticks_to_now_until_moved(film: FilmSlider) -> None:
    assert film.position() is None
    film.set_moments([*CLOCKS, 36_000], 44_000)
    assert film.position() is None


def test_a_click_goes_to_the_nearest_moment(film: FilmSlider, qtbot: QtBot) -> None:
    with qtbot.waitSignal(film.moved) as told:
        QTest.mouseClick(film, LEFT, pos=QPoint(_x(15_000), 20))
    assert told.args == [5]
    assert film.position() == 5


def test_dragging_to_the_end_is_now(film: FilmSlider) -> None:
    places: list[int] = []
    film.moved.connect(places.append)
    drag(film, QPoint(_x(4000), 55), QPoint(_x(NOW) + 4, 55))
    assert places[0] == 3
    assert places[-1] == -1
    assert film.position() is None


def test_keys_step_through_the_moments(film: FilmSlider) -> None:
    for key, expected in [
        (Qt.Key.Key_Left, 6),
        (Qt.Key.Key_Left, 5),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, None),
        (Qt.Key.Key_Right, None),
    ]:
        QTest.keyClick(film, key)
        assert film.position() == expected


def test_a_chosen_moment_stays_while_the_run_goes_on(film: FilmSlider) -> None:
    film.set_position(3)
    film.set_moments([*CLOCKS, 36_000], 44_000)
    assert film.position() == 3


def test_another_run_begins_at_now(film: FilmSlider) -> None:
    film.set_position(3)
    film.set_moments([0, 500], 600)
    assert film.position() is None


def test_it_asks_for_the_pictures_it_would_show(film: FilmSlider, qtbot: QtBot) -> None:
    with qtbot.waitSignal(film.thumbs_wanted) as told:
        film.clear_thumbs()
    assert told.args[0][0] == 0
    assert set(told.args[0]) <= set(range(len(CLOCKS)))
    for index in told.args[0]:
        film.set_thumb(index, flat((250, 1, 2))[0])
    assert film.wanted() == []
    assert holds_colour(film, "#fa0102")


def test_space_plays_only_where_there_is_something_to_play(film: FilmSlider, qtbot: QtBot) -> None:
    with qtbot.waitSignal(film.play_toggled) as told:
        QTest.keyClick(film, Qt.Key.Key_Space)
    assert told.args == [True]
    film.set_playing(False)
    film.set_moments([0], 10)
    with qtbot.assertNotEmitted(film.play_toggled):
        QTest.keyClick(film, Qt.Key.Key_Space)


def test_without_a_moment_it_is_painted_and_does_nothing(qtbot: QtBot) -> None:
    film = FilmSlider()
    qtbot.addWidget(film)
    film.resize(500, film.height())
    film.set_words("Now", "Nothing yet")
    film.set_stars({5})
    seen(film)
    with qtbot.assertNotEmitted(film.moved):
        QTest.keyClick(film, Qt.Key.Key_Left)
        QTest.mouseClick(film, LEFT, pos=QPoint(100, 20))
    assert film.accessibleName() == "Film, Now, Nothing yet"


def test_where_moments_went_the_others_keep_pictures_and_the_knob_its_place(
    film: FilmSlider,
) -> None:
    for index in range(len(CLOCKS)):
        film.set_thumb(index, flat((10 * index, 1, 2))[0])
    film.set_position(4)
    film.set_moments([0, 2000, 8000, 32000], NOW)
    assert film.position() == 2
    assert film.wanted() == []
    reds = [film._strip.thumbs[index].pixelColor(0, 0).red() for index in range(4)]
    assert reds == [0, 20, 40, 60]
    film.set_moments([0, 2000, 32000], NOW)
    assert film.position() == 1, "the nearest one that is left"
