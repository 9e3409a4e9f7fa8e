"""The interface 接口 through which departments and apps read by a grant."""
