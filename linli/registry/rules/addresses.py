"""The source that tells houses where they stand in the tree of standard addresses."""

SOURCE, SOURCE_NAME = "addresses", "标准地址库"
ELEMENT = "place_code"
