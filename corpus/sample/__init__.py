"""Four made-up news sites with their feeds, sitemaps and robots.txt, served on loopback for the demo and the tests."""
