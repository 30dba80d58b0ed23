"""The same work on other machines: workers of a dask cluster instead of those of a pool."""
