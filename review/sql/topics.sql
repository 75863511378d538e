-- Which topics do measures have, in the order of the alphabet?
select distinct name from current_topics order by name
