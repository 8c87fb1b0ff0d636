"""The pages of the app, a module each. `show()` draws one."""
