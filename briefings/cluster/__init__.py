"""Work on other machines: workers of a dask cluster in the place of those of a pool."""
