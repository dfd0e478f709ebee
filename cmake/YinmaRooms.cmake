# One static library a room, linked to exactly the rooms it may know (docs/architecture.md).

set(YINMA_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
option(YINMA_WERROR "Treat warnings as errors" ON)

# The rooms also become libyinma.so: position-independent, and nothing but yinma.h is seen outside.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)

add_library(yinma_flags INTERFACE)
target_compile_options(yinma_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
  -Wwrite-strings -Wundef -Wformat=2 -fno-common)
if(YINMA_WERROR)
  target_compile_options(yinma_flags INTERFACE -Werror)
endif()
target_include_directories(yinma_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/scanner)
target_compile_definitions(yinma_flags INTERFACE _GNU_SOURCE YINMA_VERSION="${PROJECT_VERSION}")
if(YINMA_SANITIZE)
  target_compile_options(yinma_flags INTERFACE
    -fsanitize=${YINMA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(yinma_flags INTERFACE -fsanitize=${YINMA_SANITIZE})
endif()

# yinma_room(NAME SOURCES … LINKS rooms… PRIVATE libraries…)
function(yinma_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(${name} PUBLIC yinma_flags ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE})
endfunction()

# Compile SOURCES once an instruction set and add the objects to the room. block64/variant.h makes
# the names differ.
function(yinma_variants room)
  set(variants scalar)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
    list(APPEND variants sse2 sse4 avx2 avx512)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64|ARM64")
    list(APPEND variants neon)
  endif()
  set(sse4_flags -mssse3 -msse4.2 -mpopcnt)
  set(avx2_flags -mavx2 -mpclmul -mbmi -mbmi2)
  set(avx512_flags -mavx512f -mavx512bw -mavx512vl -mavx512dq -mavx512vbmi2 -mpclmul -mbmi -mbmi2)
  foreach(variant ${variants})
    set(target ${room}_${variant})
    string(TOUPPER ${variant} upper)
    add_library(${target} OBJECT ${ARGN})
    target_link_libraries(${target} PRIVATE yinma_flags)
    target_compile_options(${target} PRIVATE ${${variant}_flags})
    target_compile_definitions(${target} PRIVATE BLOCK64_VARIANT=VARIANT_${upper})
    target_sources(${room} PRIVATE $<TARGET_OBJECTS:${target}>)
  endforeach()
endfunction()
