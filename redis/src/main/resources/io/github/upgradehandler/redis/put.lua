-- KEYS: a room's parts, a hash of nodes and of a version, a space and what that node has there.
-- ARGV: the node, the version, the part or nothing, channel, whether the part is pushed.
local known = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '%d+')
if not known or tonumber(known) <= tonumber(ARGV[2]) then
  if ARGV[3] == '' then
    redis.call('HDEL', KEYS[1], ARGV[1])
  else
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
  end
  local head = ARGV[1] .. ' ' .. ARGV[2] .. ' '
  redis.call('PUBLISH', ARGV[4], ARGV[5] == '1' and head .. ARGV[3] or '')
end
redis.call('PEXPIRE', KEYS[1], 3600000)
return {}
