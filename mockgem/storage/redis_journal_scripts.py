"""Lua scripts of the journal that the servers of a fleet share."""

from __future__ import annotations

from mockgem.storage.redis_scripts import BEGIN

JOURNAL = (
    BEGIN
    + """
local function keys_of(place)
  return place .. ':fresh', place .. ':journal', place .. ':entries', place .. ':sizes'
end
local MAX_FORGOTTEN = 20
local fresh, stream, entries, sizes = keys_of(world)
local world_name = string.sub(world, #all + 4)
local grown = {}
local function count_bytes(place, name, size)
  local before = grown[place]
  grown[place] = {name, size + (before and before[2] or 0)}
end
local function write_counts()
  for place, row in pairs(grown) do
    redis.call('HINCRBY', place .. ':info', 'journal_bytes', whole(row[2]))
    redis.call('HINCRBY', all .. ':totals', 'journal_bytes', whole(row[2]))
    redis.call('ZINCRBY', all .. ':journals', row[2], row[1])
  end
  grown = {}
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
    write_counts()
    redis.call('ZREM', all .. ':journals', name)
    return false
  end
  local text = redis.call('HGET', texts, id) or '-'
  local kind = string.sub(text, 1, 1)
  local kept = place .. ':forgotten:' .. kind
  if kind ~= '-' and redis.call('LLEN', kept) < MAX_FORGOTTEN then redis.call('RPUSH', kept, text)
  end
  local size = tonumber(redis.call('HGET', lengths, id) or '0')
  count_bytes(place, name, -size)
  redis.call('HDEL', texts, id)
  redis.call('HDEL', lengths, id)
  return size
end
local function make_room(most, most_bytes, total)
  write_counts()
  local count = redis.call('XLEN', stream) + redis.call('ZCARD', fresh)
  local bytes = read_number(info, 'journal_bytes')
  while count > most or bytes > most_bytes do
    local size = drop_oldest(world, world_name)
    if not size then break end
    count, bytes = count - 1, bytes - size
  end
  write_counts()
  while read_number(all .. ':totals', 'journal_bytes') > total do
    local largest = redis.call('ZREVRANGE', all .. ':journals', 0, 0)[1]
    if not largest then redis.call('HSET', all .. ':totals', 'journal_bytes', 0) break end
    drop_oldest(all .. ':w:' .. largest, largest)
    write_counts()
  end
end
"""
)
"""Entries have an id from their server. Those in `fresh` wait, in the order of their moments, for a
reader who numbers them; the stream has the ids of the others by number. The first character of an
entry's text says whether strict tests want to know that it was dropped, and why. Counts of bytes
are written once for all entries of a script: the journal is most of what a chat takes of the
server."""

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
