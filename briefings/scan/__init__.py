"""The last look at finished files: nothing above a marking stands in one."""
