"""A clock that is set while relay runs, and days that are longer or shorter than others."""
