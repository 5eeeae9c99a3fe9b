-- ARGV further: the offset before the first, the most entries.
keep()
local entries = redis.call('XRANGE', KEYS[2], '(0-' .. ARGV[3], '+', 'COUNT', ARGV[4])
return { epoch, string.format('%.0f', top), lineage, entries }
