"""Every table. What crosses into the core is made of these rows by the modules beside this folder."""
