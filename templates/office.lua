-- What is done to our Markdown, as Pandoc has read it, before it is written as Word or as Typst.
--
-- The heading that a template begins with becomes the title. Nothing is taken from other files:
-- images are replaced by their words, and raw HTML, Word or Typst is left out. For Typst every word
-- is written as a string: in a string nothing is a command, and no character becomes another one.

local typst = FORMAT:match("^typst") ~= nil
local lang = "en"

local function raw(code) return pandoc.RawInline("typst", code) end

local function literal(text) return '"' .. text:gsub("[\\\"]", "\\%0") .. '"' end

local function is_web(address) return address:match("^https?://[^%s\"<>]+$") ~= nil end

-- Arabic, Hebrew and their neighbours: written from right to left.
local function is_rtl(code)
  return code >= 0x590 and code <= 0x8ff or code >= 0xfb1d and code <= 0xfdff
    or code >= 0xfe70 and code <= 0xfeff or code >= 0x10800 and code <= 0x10fff
    or code >= 0x1e800 and code <= 0x1efff
end

local function is_letter(code)
  return code >= 0x41 and code <= 0x5a or code >= 0x61 and code <= 0x7a
    or code >= 0xc0 and not (code >= 0x2000 and code <= 0x2bff or code >= 0x3000 and code <= 0x303f)
end

-- What the first letter says: "rtl" or "ltr"; nil where there is no letter.
local function direction(inlines)
  local text = pandoc.utils.stringify(inlines:walk { Note = function() return {} end })
  for _, code in utf8.codes(text, true) do
    if is_rtl(code) then return "rtl" end
    if is_letter(code) then return "ltr" end
  end
end

local own
local function paragraph(block)
  local found = direction(block.content)
  if not found or found == own then return nil end
  if not typst then return pandoc.Div(block, pandoc.Attr("", {}, { dir = found })) end
  block.content:insert(1, raw("#[#set text(dir: " .. found .. ")\n"))
  block.content:insert(raw("\n]"))
  return block
end

local function only_text()
  return {
    RawInline = function() return {} end,
    RawBlock = function() return {} end,
    Image = function(image) return image.caption end,
    Link = function(link) if not is_web(link.target) then return link.content end end,
    Code = function(code) if is_web(code.text) then return pandoc.Link(code, code.text) end end,
    Header = function(header)
      header.attr = pandoc.Attr()
      return header
    end,
  }
end

local function titled(doc)
  local first, others = doc.blocks:remove(1), false
  doc.meta.title = pandoc.MetaInlines(first.content)
  doc.blocks:walk { Header = function(header) others = others or header.level == 1 end }
  if others then return doc end
  doc.blocks = doc.blocks:walk {
    Header = function(header)
      header.level = header.level - 1
      return header
    end,
  }
  return doc
end

-- Typst takes the space before a footnote away: here it stays, or numbers would run together.
local function apart(inlines)
  for at = #inlines, 2, -1 do
    local space = inlines[at - 1].t == "Space" or inlines[at - 1].t == "SoftBreak"
    if space and inlines[at].t == "Note" then
      local follows = at > 2 and inlines[at - 2].t == "Note"
      inlines[at - 1] = raw(follows and "#super[,#h(0.15em)#sym.wj];" or "~")
    end
  end
  return inlines
end

-- Each item by itself: of a list in one piece, Typst puts notes on the page before.
local function split(list)
  local items = pandoc.Blocks {}
  for at, item in ipairs(list.content) do
    local one = pandoc.BulletList { item }
    if list.t == "OrderedList" then
      one = pandoc.OrderedList({ item }, pandoc.ListAttributes(list.start + at - 1, list.style, list.delimiter))
    end
    items:insert(one)
  end
  return items
end

-- A passage that was cited before keeps its number.
local function notes()
  local known, count = {}, 0
  return function(note)
    local key = pandoc.utils.stringify(note.content)
    if known[key] then return raw("#footnote(<note-" .. known[key] .. ">);") end
    count = count + 1
    known[key] = count
    local content = pandoc.utils.blocks_to_inlines(note.content)
    content:insert(1, raw("#footnote[#h(0.25em)"))
    content:insert(raw("]<note-" .. count .. ">"))
    return content
  end
end

-- An address may have no place to break a line, and would run off the page. Other scripts have.
local function written(open, text, close)
  local pieces = pandoc.List {}
  while #text > 40 and text:match("^[\x21-\x7e]+$") do
    pieces:insert(open .. literal(text:sub(1, 40)) .. close)
    text = text:sub(41)
  end
  pieces:insert(open .. literal(text) .. close)
  return raw(table.concat(pieces, "#box();"))
end

function Pandoc(doc)
  lang = pandoc.utils.stringify(doc.meta.lang or lang)
  own = doc.meta.dir and pandoc.utils.stringify(doc.meta.dir) or "ltr"
  doc = titled(doc:walk(only_text()))
  doc = doc:walk { Para = paragraph, Plain = paragraph }
  if not typst then return doc end
  doc = doc:walk({ Inlines = apart, OrderedList = split, BulletList = split }):walk { Note = notes() }
  return doc:walk {
    Str = function(word) return written("#", word.text, ";") end,
    Code = function(code) return written("#raw(", code.text, ");") end,
  }
end
