# cmake -DOUTPUT=file.c -DFOLDER=reports/html -P EmbedPage.cmake
# Writes the `html_page_head` and `html_page_tail` of reports/html_page.h: the page of the html report
# with its style and script in it, cut where the data goes. The content-security policy names both by
# their SHA-256, so nothing else that gets into the page can run.
function(embed_bytes text out)
  file(WRITE ${OUTPUT}.part "${text}")
  file(READ ${OUTPUT}.part hex HEX)
  file(REMOVE ${OUTPUT}.part)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  set(${out} "${bytes}" PARENT_SCOPE)
endfunction()

# base64 of the SHA-256 of TEXT: 32 bytes are ten groups of three and one of two.
function(policy_hash text out)
  set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(SHA256 hex "${text}")
  string(APPEND hex "00")
  set(result "")
  foreach(group RANGE 0 10)
    math(EXPR at "${group} * 6")
    string(SUBSTRING ${hex} ${at} 6 six)
    foreach(shift 18 12 6 0)
      math(EXPR digit "(0x${six} >> ${shift}) & 63")
      string(SUBSTRING "${digits}" ${digit} 1 character)
      string(APPEND result "${character}")
    endforeach()
  endforeach()
  string(SUBSTRING "${result}" 0 43 result)
  set(${out} "${result}=" PARENT_SCOPE)
endfunction()

file(READ ${FOLDER}/page.html page)
file(READ ${FOLDER}/page.css style)
file(READ ${FOLDER}/page.js script)
policy_hash("${style}" style_hash)
policy_hash("${script}" script_hash)
string(REPLACE "{{STYLE_HASH}}" "${style_hash}" page "${page}")
string(REPLACE "{{SCRIPT_HASH}}" "${script_hash}" page "${page}")
string(REPLACE "{{STYLE}}" "${style}" page "${page}")
string(REPLACE "{{SCRIPT}}" "${script}" page "${page}")
string(FIND "${page}" "{{DATA}}" cut)
string(SUBSTRING "${page}" 0 ${cut} head)
math(EXPR cut "${cut} + 8")
string(SUBSTRING "${page}" ${cut} -1 tail)
embed_bytes("${head}" head)
embed_bytes("${tail}" tail)
file(WRITE ${OUTPUT} "/* Made from reports/html/ by the build. */
#include \"reports/html_page.h\"

static const uint8_t head[] = {${head}};
static const uint8_t tail[] = {${tail}};

const struct bytes html_page_head = {head, sizeof head};
const struct bytes html_page_tail = {tail, sizeof tail};
")
