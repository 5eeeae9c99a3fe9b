-- KEYS further: what this node has appended last. ARGV further: channel, the most messages, bytes, ms,
-- whether entries are pushed; then for each entry its sequence and its bytes.
local known_first, last, at = string.match(redis.call('GET', KEYS[3]) or '', '(%S+) (%S+) (%S+)')
if known_first ~= first then
  last, at = 0, 0
end
last, at = tonumber(last), tonumber(at)
local count = redis.call('XLEN', KEYS[2])
if count == 0 then
  bytes = 0
end
local before, pushed = top, {}
for i = 8, #ARGV, 2 do
  local sequence, entry = tonumber(ARGV[i]), ARGV[i + 1]
  if sequence > last then
    top, count, last = top + 1, count + 1, sequence
    bytes = bytes + struct.unpack('>I4', entry, 15)
    redis.call('XADD', KEYS[2], string.format('0-%.0f', top), 'd', entry)
    pushed[#pushed + 1] = entry
  end
end
if #pushed > 0 then
  at = top
  while count > tonumber(ARGV[4]) or (bytes > tonumber(ARGV[5]) and count > 1) do
    local oldest = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
    bytes = bytes - struct.unpack('>I4', oldest[2][2], 15)
    redis.call('XDEL', KEYS[2], oldest[1])
    count = count - 1
  end
  time = tonumber(ARGV[6])
  redis.call('HSET', KEYS[1], 'o', string.format('%.0f', top), 'b', string.format('%.0f', bytes), 't', ARGV[6])
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
  redis.call('SET', KEYS[3], string.format('%s %.0f %.0f', first, last, at), 'PX', 60000)
  local head = epoch .. ' ' .. string.format('%.0f', before + 1) .. '\n'
  redis.call('PUBLISH', ARGV[3], head .. (ARGV[7] == '1' and table.concat(pushed) or ''))
end
keep()
return { epoch, string.format('%.0f', at) }
