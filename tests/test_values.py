import pytest

from procroutine.values import Value


class Point(Value):
    x: int
    y: int = 2


class Named(Point):
    name: str = "here"


def test_fields_come_from_keywords_or_defaults() -> None:
    assert Point(x=1) == Point(x=1, y=2)
    assert Named(x=1).name == "here"
    assert repr(Named(x=1)) == "Named(x=1, y=2, name='here')"


def test_a_missing_or_unknown_field_is_named() -> None:
    with pytest.raises(TypeError, match="Point needs x"):
        Point()  # type: ignore[call-arg]  # what is tested
    with pytest.raises(TypeError, match="Point has no field z"):
        Point(x=1, z=3)  # type: ignore[call-arg]  # what is tested


def test_values_never_change() -> None:
    point = Point(x=1)
    with pytest.raises(AttributeError, match=r"Point\.x cannot be changed"):
        point.x = 5  # type: ignore[misc]  # what is tested
    with pytest.raises(AttributeError, match=r"Point\.x cannot be removed"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 5
    assert point == Point(x=1)


def test_a_replaced_field_gives_another_value_of_the_same_type() -> None:
    named = Named(x=1, name="there")
    assert named.replaced(y=7) == Named(x=1, y=7, name="there")
    assert named.y == 2


def test_values_are_equal_by_type_and_content() -> None:
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Named(x=1)
    assert Point(x=1) != (1, 2)
    assert len({Point(x=1), Point(x=1, y=2), Point(x=2)}) == 2


def test_values_have_slots_and_no_dictionary() -> None:
    assert not hasattr(Point(x=1), "__dict__")
    assert not hasattr(Named(x=1), "__dict__")
