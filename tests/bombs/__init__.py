"""Documents that are made to do harm, served to a real daemon: nobody but their own source is to notice."""
