"""Work in processes with limits: templates filled, PDFs set."""
