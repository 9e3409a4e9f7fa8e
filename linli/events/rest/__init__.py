"""The interfaces 接口 through which other systems report events and follow them."""
