-- The leases of the nodes: a hash of their names and of their ends, in ms.
-- KEYS: leases. ARGV: the node, how long in ms, whether its lease begins.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local living = {}
local leases = redis.call('HGETALL', KEYS[1])
for i = 1, #leases, 2 do
  if tonumber(leases[i + 1]) <= now then
    redis.call('HDEL', KEYS[1], leases[i])
  elseif leases[i] ~= ARGV[1] then
    living[#living + 1] = leases[i]
  elseif ARGV[3] == '0' then
    living[#living + 1] = ARGV[1]
    redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + ARGV[2]))
  end
end
if ARGV[3] == '1' then
  living[#living + 1] = ARGV[1]
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + ARGV[2]))
end
redis.call('PEXPIRE', KEYS[1], 3600000)
return living
