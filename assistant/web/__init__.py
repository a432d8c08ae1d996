"""The web side: webhooks in, staff pages, the chat page, health; HTTP lives here and nowhere else."""
