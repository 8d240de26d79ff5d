"""The second factor of who wants one: codes of an app beside the password, and ten codes on paper."""
