import pytest

from agent.doors.extras import check_installed
from agent.errors import ConfigurationError


def test_what_is_not_installed_is_told_with_the_way_to_install_it() -> None:
    check_installed("service", "click")
    with pytest.raises(ConfigurationError, match=r"needs nowhere_to_be_found: .*isnad\[service\]"):
        check_installed("service", "click", "nowhere_to_be_found")
