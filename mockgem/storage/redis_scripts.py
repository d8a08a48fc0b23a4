"""Lua scripts: each change of the shared state is one script, so it happens wholly or not at all.

Every script gets the prefix of a world's keys and that of all keys, and then the locks that the
caller holds with their tokens: a caller that has lost a lock changes nothing any more.

A script whose first write adds something fails as a whole if the server's memory is full. One whose
first write deletes something runs to its end: so deleting always works.
"""

from __future__ import annotations

BEGIN = """
local world, all = KEYS[1], KEYS[2]
local held = #KEYS - 2
for i = 1, held do
  if redis.call('GET', KEYS[i + 2]) ~= ARGV[i] then
    return redis.error_reply('FENCED another server has taken the lock')
  end
end
local function arg(i) return ARGV[held + i] end
local info = world .. ':info'
local function read_number(key, field) return tonumber(redis.call('HGET', key, field) or '0') end
local function whole(count) return string.format('%d', count) end
local function add_bytes(field, count) redis.call('HINCRBY', info, field, whole(count)) end
local function register()
  redis.call('SADD', all .. ':worlds', string.sub(world, #all + 4))
end
"""

RECORDS = (
    BEGIN
    + """
local collection, name = arg(1), arg(2)
local records, order = world .. ':records:' .. collection, world .. ':order:' .. collection
local size_field = 'n:' .. collection
local count = read_number(info, size_field)
if redis.call('HLEN', records) ~= count or redis.call('ZCARD', order) ~= count then
  return redis.error_reply('EVICTED records of ' .. collection .. ' are missing')
end
local function write(old, value)
  if not old then
    redis.call('ZADD', order, redis.call('HINCRBY', info, 'position', 1), name)
    redis.call('HINCRBY', info, size_field, 1)
    register()
  end
  redis.call('HSET', records, name, value)
  add_bytes('record_bytes', #value - (old and #old or 0))
end
"""
)

GET = RECORDS + "return redis.call('HGET', records, name)"

PUT = RECORDS + "write(redis.call('HGET', records, name), arg(3)) return 1"

INSERT = (
    RECORDS
    + """
if redis.call('HEXISTS', records, name) == 1 then return 0 end
write(false, arg(3))
return 1
"""
)

REPLACE = (
    RECORDS
    + """
local old = redis.call('HGET', records, name)
if not old or string.sub(old, 1, #arg(3)) ~= arg(3) then return old end
write(old, arg(4))
return 1
"""
)
"""Replaces a record that begins with a version; otherwise returns what is there now."""

DELETE = (
    RECORDS
    + """
local old = redis.call('HGET', records, name)
if not old then return 0 end
redis.call('HDEL', records, name)
redis.call('ZREM', order, name)
redis.call('HINCRBY', info, size_field, -1)
add_bytes('record_bytes', -#old)
return 1
"""
)

LIST = (
    RECORDS
    + """
local before = arg(3) == '0' and '+inf' or '(' .. arg(3)
local found = redis.call(
  'ZREVRANGEBYSCORE', order, before, '-inf', 'WITHSCORES', 'LIMIT', 0, arg(4))
local rows = {}
for i = 1, #found, 2 do
  local value = redis.call('HGET', records, found[i])
  if not value then return redis.error_reply('EVICTED a record of ' .. collection .. ' is missing')
  end
  rows[#rows + 1] = {tonumber(found[i + 1]), value}
end
return rows
"""
)

POSITION = RECORDS + "return tonumber(redis.call('ZSCORE', order, name) or '0')"

CLEAR_RECORDS = (
    BEGIN
    + """
for _, field in ipairs(redis.call('HKEYS', info)) do
  if string.sub(field, 1, 2) == 'n:' then
    local collection = string.sub(field, 3)
    redis.call('DEL', world .. ':records:' .. collection, world .. ':order:' .. collection)
    redis.call('HDEL', info, field)
  end
end
redis.call('HDEL', info, 'none')
add_bytes('record_bytes', -read_number(info, 'record_bytes'))
return 1
"""
)

BLOBS = (
    BEGIN
    + """
local name, chunk = arg(1), tonumber(arg(2))
local sizes, pieces = world .. ':blobs', world .. ':blob:' .. name .. ':'
local function delete_pieces(first, size)
  for i = first, math.ceil(size / chunk) - 1 do
    redis.call('DEL', pieces .. whole(i))
  end
end
"""
)

APPEND = (
    BLOBS
    + """
local at = tonumber(arg(3))
local first, offset = math.floor(at / chunk), at % chunk
local key = pieces .. whole(first)
local kept = ''
if offset > 0 then
  kept = redis.call('GETRANGE', key, 0, offset - 1)
  if #kept ~= offset then return redis.error_reply('EVICTED bytes of a file are missing') end
end
local before = redis.call('HGET', sizes, name)
local size = at
redis.call('HINCRBY', info, 'blob_bytes', 0)
for i = held + 4, #ARGV do
  size = size + #ARGV[i]
  local number = first + i - held - 4
  redis.call('SET', pieces .. whole(number), kept .. ARGV[i])
  kept = ''
end
if kept ~= '' then redis.call('SET', key, kept) end
delete_pieces(math.ceil(size / chunk), tonumber(before or '0'))
redis.call('HSET', sizes, name, whole(size))
add_bytes('blob_bytes', size - tonumber(before or '0'))
register()
return 1
"""
)

DELETE_BLOB = (
    BLOBS
    + """
local size = tonumber(redis.call('HGET', sizes, name) or '-1')
if size < 0 then return 0 end
redis.call('HDEL', sizes, name)
delete_pieces(0, size)
add_bytes('blob_bytes', -size)
return 1
"""
)

CLEAR_BLOBS = (
    BLOBS
    + """
local found = redis.call('HGETALL', sizes)
redis.call('DEL', sizes)
for i = 1, #found, 2 do
  pieces = world .. ':blob:' .. found[i] .. ':'
  delete_pieces(0, tonumber(found[i + 1]))
end
add_bytes('blob_bytes', -read_number(info, 'blob_bytes'))
return 1
"""
)

LOCK = (
    BEGIN
    + """
local lock = world .. ':lock:' .. arg(1)
if redis.call('EXISTS', lock) == 1 then return 0 end
local token = redis.call('INCR', all .. ':fence')
redis.call('SET', lock, token, 'PX', arg(2))
return token
"""
)

RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""

UNLOCK = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""

JOURNAL = (
    BEGIN
    + """
local function keys_of(place)
  return place .. ':fresh', place .. ':journal', place .. ':entries', place .. ':sizes'
end
local MAX_FORGOTTEN = 20
local fresh, stream, entries, sizes = keys_of(world)
local world_name = string.sub(world, #all + 4)
local function count_bytes(place, name, size)
  redis.call('HINCRBY', place .. ':info', 'journal_bytes', whole(size))
  redis.call('HINCRBY', all .. ':totals', 'journal_bytes', whole(size))
  redis.call('ZINCRBY', all .. ':journals', size, name)
end
local function number_next(place)
  return redis.call('HINCRBY', place .. ':info', 'journal_number', 1)
end
local function find_oldest(place)
  local waiting, numbered = keys_of(place)
  local oldest = redis.call('XRANGE', numbered, '-', '+', 'COUNT', 1)[1]
  if oldest then
    redis.call('XDEL', numbered, oldest[1])
    return oldest[2][2]
  end
  local first = redis.call('ZPOPMIN', waiting)
  if first[1] then number_next(place) end
  return first[1]
end
local function drop_oldest(place, name)
  local _, _, texts, lengths = keys_of(place)
  local id = find_oldest(place)
  if not id then
    redis.call('ZREM', all .. ':journals', name)
    return false
  end
  local text = redis.call('HGET', texts, id) or '-'
  local kind = string.sub(text, 1, 1)
  local kept = place .. ':forgotten:' .. kind
  if kind ~= '-' and redis.call('LLEN', kept) < MAX_FORGOTTEN then redis.call('RPUSH', kept, text)
  end
  count_bytes(place, name, -tonumber(redis.call('HGET', lengths, id) or '0'))
  redis.call('HDEL', texts, id)
  redis.call('HDEL', lengths, id)
  return true
end
local function make_room(most, most_bytes, total)
  while redis.call('XLEN', stream) + redis.call('ZCARD', fresh) > most
    or read_number(info, 'journal_bytes') > most_bytes do
    if not drop_oldest(world, world_name) then break end
  end
  while read_number(all .. ':totals', 'journal_bytes') > total do
    local largest = redis.call('ZREVRANGE', all .. ':journals', 0, 0)[1]
    if not largest then redis.call('HSET', all .. ':totals', 'journal_bytes', 0) break end
    drop_oldest(all .. ':w:' .. largest, largest)
  end
end
"""
)
"""Entries have an id from their server. Those in `fresh` wait, in the order of their moments, for a
reader who numbers them; the stream has the ids of the others by number. The first character of an
entry's text says whether strict tests want to know that it was dropped, and why."""

ADD_ENTRIES = (
    JOURNAL
    + """
redis.call('HSETNX', info, 'journal_number', 0)
for i = held + 4, #ARGV, 4 do
  local id, moment, size, text = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  if redis.call('HSETNX', entries, id, text) == 1 then
    redis.call('ZADD', fresh, moment, id)
    redis.call('HSET', sizes, id, size)
    count_bytes(world, world_name, tonumber(size))
  end
end
redis.call('XADD', world .. ':news', 'MAXLEN', 1, '*', 'n', '')
register()
make_room(tonumber(arg(1)), tonumber(arg(2)), tonumber(arg(3)))
return 1
"""
)
"""Adds entries, each once even if the script runs again, and wakes those who wait for news."""

END_ENTRIES = (
    JOURNAL
    + """
for i = held + 4, #ARGV, 4 do
  local id, size, text = ARGV[i], ARGV[i + 2], ARGV[i + 3]
  local before = redis.call('HGET', sizes, id)
  if before and redis.call('HEXISTS', entries, id) == 1 then
    redis.call('HSET', entries, id, text)
    redis.call('HSET', sizes, id, size)
    count_bytes(world, world_name, tonumber(size) - tonumber(before))
  end
end
redis.call('XADD', world .. ':news', 'MAXLEN', 1, '*', 'n', '')
make_room(tonumber(arg(1)), tonumber(arg(2)), tonumber(arg(3)))
return 1
"""
)

READ_ENTRIES = (
    JOURNAL
    + """
local rows = {}
for _, item in ipairs(redis.call('XRANGE', stream, arg(1) .. '-0', '+', 'COUNT', arg(2))) do
  rows[#rows + 1] = string.match(item[1], '%d+')
  rows[#rows + 1] = item[2][2]
  rows[#rows + 1] = redis.call('HGET', entries, item[2][2]) or ''
end
return rows
"""
)

REFRESH = (
    JOURNAL
    + """
local ids = redis.call('ZRANGEBYSCORE', fresh, '-inf', arg(2))
if #ids > 0 then
  local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  local newest = last and tonumber(string.match(last[1], '%d+')) or 0
  if newest > read_number(info, 'journal_number') then
    redis.call('HSET', info, 'journal_number', whole(newest))
  end
  for _, id in ipairs(ids) do
    redis.call('XADD', stream, whole(number_next(world)) .. '-0', 'i', id)
    redis.call('ZREM', fresh, id)
  end
end
local open, found = 0, redis.call('HGETALL', world .. ':open')
for i = 1, #found, 2 do
  local lives = redis.call('ZSCORE', all .. ':servers', found[i])
  if found[i] ~= arg(1) and lives then open = open + tonumber(found[i + 1]) end
end
local forgotten = world .. ':forgotten:'
return {
  read_number(info, 'journal_number'), open,
  redis.call('LLEN', forgotten .. 'g') + redis.call('LLEN', forgotten .. 'u')}
"""
)
"""Numbers the entries until a moment: a later one waits, because a server that has written already
may have an earlier one. Returns the last number, how many answers are open in other servers that
live, and how many dropped entries are remembered."""

REPORT_OPEN = (
    BEGIN
    + """
if arg(2) == '0' then return redis.call('HDEL', world .. ':open', arg(1)) end
return redis.call('HSET', world .. ':open', arg(1), arg(2))
"""
)

CLEAR_ENTRIES = (
    JOURNAL
    + """
local size = tonumber(redis.call('ZSCORE', all .. ':journals', world_name) or '0')
local forgotten = world .. ':forgotten:'
redis.call('DEL', fresh, stream, entries, sizes, forgotten .. 'g', forgotten .. 'u')
redis.call('ZREM', all .. ':journals', world_name)
redis.call('HINCRBY', all .. ':totals', 'journal_bytes', whole(-size))
add_bytes('journal_bytes', -read_number(info, 'journal_bytes'))
return 1
"""
)

FORGET_WORLD = (
    BEGIN
    + """
redis.call('DEL', info, world .. ':counts', world .. ':open', world .. ':news')
redis.call('SREM', all .. ':worlds', string.sub(world, #all + 4))
return 1
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

COUNT_BYTES = """
local total = 0
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':worlds')) do
  local found = redis.call(
    'HMGET', KEYS[1] .. ':w:' .. name .. ':info', 'record_bytes', 'blob_bytes')
  total = total + tonumber(found[1] or '0') + tonumber(found[2] or '0')
end
return total
"""

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
