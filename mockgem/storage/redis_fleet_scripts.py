"""Lua scripts by which the servers of a fleet know of each other, and of what worlds run."""

from __future__ import annotations

from mockgem.storage.redis_scripts import BEGIN

REPORT_OPEN = (
    BEGIN
    + """
if arg(2) == '0' then return redis.call('HDEL', world .. ':open', arg(1)) end
return redis.call('HSET', world .. ':open', arg(1), arg(2))
"""
)

REPLACE_ROW = """
local found = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if found ~= ARGV[2] then return found end
local row = ARGV[3]
if string.find(row, '"created": 0,', 1, true) then
  local created = redis.call('HINCRBY', KEYS[2] .. ':meta', 'worlds', 1)
  row = string.gsub(row, '"created": 0,', '"created": ' .. created .. ',', 1)
end
redis.call('HSET', KEYS[1], ARGV[1], row)
return 1
"""
"""Replaces the row of a world, and numbers a new one."""

NOW = "local time = redis.call('TIME') local now = time[1] + time[2] / 1000000\n"

REGISTER = """
local all = KEYS[1]
local found = redis.call('HGET', all .. ':meta', 'format')
if found and found ~= ARGV[1] then return {-1, found} end
local number = redis.call('HINCRBY', all .. ':meta', 'servers', 1)
redis.call('HSETNX', all .. ':meta', 'format', ARGV[1])
return {number, ARGV[1]}
"""

BEAT = (
    NOW
    + """
local all, number, position = KEYS[1], ARGV[1], ARGV[2]
redis.call('ZADD', all .. ':servers', now + ARGV[3], number)
redis.call('HSET', all .. ':acks', number, position)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', all .. ':servers', '-inf', now)) do
  redis.call('ZREM', all .. ':servers', gone)
  redis.call('HDEL', all .. ':acks', gone)
end
local last = tonumber(redis.call('HGET', all .. ':meta', 'servers') or '0')
if last < tonumber(ARGV[4]) then
  redis.call('HSET', all .. ':meta', 'servers', ARGV[4], 'format', ARGV[5])
  last = tonumber(ARGV[4])
end
local changes = tonumber(redis.call('HGET', all .. ':meta', 'changes') or '0')
local measured = now - tonumber(ARGV[7])
local offset = tonumber(redis.call('HGET', all .. ':clocks', ARGV[6]) or '0')
if math.abs(offset - measured) > tonumber(ARGV[8]) then
  offset = measured
  redis.call('HSET', all .. ':clocks', ARGV[6], string.format('%.6f', offset))
end
local answer = {string.format('%.6f', offset), changes, last}
for _, living in ipairs(redis.call('ZRANGE', all .. ':servers', 0, -1)) do
  answer[#answer + 1] = tonumber(living)
end
return answer
"""
)
"""Says that a server lives and what it has applied. Returns what turns the clock of its machine
into the time of all servers, the numbers of the last change and the last server, and those of the
servers that live. All servers on a machine get the same offset, until it is far off."""

LEAVE = """
redis.call('ZREM', KEYS[1] .. ':servers', ARGV[1])
redis.call('HDEL', KEYS[1] .. ':acks', ARGV[1])
return 1
"""

PUBLISH = """
local all = KEYS[1]
local number = redis.call('HINCRBY', all .. ':meta', 'changes', 1)
local last = redis.call('XREVRANGE', all .. ':changes', '+', '-', 'COUNT', 1)[1]
local newest = last and tonumber(string.match(last[1], '%d+')) or 0
if newest >= number then
  number = newest + 1
  redis.call('HSET', all .. ':meta', 'changes', number)
end
redis.call(
  'XADD', all .. ':changes', 'MAXLEN', 1000, string.format('%d-0', number),
  'from', ARGV[1], 'kind', ARGV[2], 'world', ARGV[3])
return number
"""

PENDING = (
    NOW
    + """
local all, waiting = KEYS[1], 0
for _, number in ipairs(redis.call('ZRANGEBYSCORE', all .. ':servers', now, '+inf')) do
  if number ~= ARGV[1] then
    local applied = tonumber(redis.call('HGET', all .. ':acks', number) or '0')
    if applied < tonumber(ARGV[2]) then waiting = waiting + 1 end
  end
end
return waiting
"""
)
"""Returns how many other servers live and have not applied a change yet."""
