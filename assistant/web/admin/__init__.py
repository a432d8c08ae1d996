"""Staff pages, one module each; a page is a view here, a template and a test."""
