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

FORGET_WORLD = (
    BEGIN
    + """
redis.call('DEL', info, world .. ':counts', world .. ':open', world .. ':news')
redis.call('SREM', all .. ':worlds', string.sub(world, #all + 4))
return 1
"""
)

COUNT_BYTES = """
local total = 0
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':worlds')) do
  local found = redis.call(
    'HMGET', KEYS[1] .. ':w:' .. name .. ':info', 'record_bytes', 'blob_bytes')
  total = total + tonumber(found[1] or '0') + tonumber(found[2] or '0')
end
return total
"""
