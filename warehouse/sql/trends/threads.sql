-- Which measures come back in several articles, and what has become of them?
-- $since: seen from this day on; without it undated articles count too
select text as measure, articles, first_on, last_on, array_to_string(proposers[1:5], ', ') as proposers,
       array_to_string(course, ' → ') as course
from threads
where articles > 1 and ($since::date is null or last_on >= $since::date)
order by articles desc, last_on desc nulls last, measure, thread_id
