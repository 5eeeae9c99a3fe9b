-- What every script begins with: which log this is, and whether the data has changed hands.
-- KEYS: meta, stream. ARGV: a new epoch's name, the server's incarnation or nothing.
-- The hash: e epoch, o top, r incarnation, l lineage, b bytes of payload, g first epoch, t time in ms.
local known = redis.call('HMGET', KEYS[1], 'e', 'o', 'r', 'l', 'b', 'g', 't')
local epoch, top, lineage = known[1], tonumber(known[2] or '0'), known[4] or ''
local bytes, first, time = tonumber(known[5] or '0'), known[6], tonumber(known[7] or '0')
if not epoch then
  redis.call('DEL', KEYS[2])
  epoch, top, lineage, bytes, first = ARGV[1], 0, '', 0, ARGV[1]
  redis.call('HSET', KEYS[1], 'e', epoch, 'o', 0, 'r', ARGV[2], 'l', '', 'b', 0, 'g', first)
elseif ARGV[2] ~= '' and known[3] ~= ARGV[2] then
  local ancestors = { epoch .. ':' .. string.format('%.0f', top) }
  for ancestor in string.gmatch(lineage, '[^,]+') do
    if #ancestors < 8 then
      ancestors[#ancestors + 1] = ancestor
    end
  end
  epoch, lineage = ARGV[1], table.concat(ancestors, ',')
  redis.call('HSET', KEYS[1], 'e', epoch, 'r', ARGV[2], 'l', lineage)
end
-- The end of a log is kept for longer than its messages: whoever has seen them has missed nothing.
local function keep()
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(time, 3600000)))
end
