# Every library yinma links, as an imported target dep::NAME. docs/dependencies.md says why each.
find_package(PkgConfig QUIET)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config was not found: install the Debian package pkg-config")
endif()

# yinma_dependency(NAME DEBIAN_PACKAGE pkg-config-modules…): the first module that exists is used.
function(yinma_dependency name package)
  foreach(module ${ARGN})
    pkg_check_modules(DEP_${name} QUIET IMPORTED_TARGET GLOBAL ${module})
    if(DEP_${name}_FOUND)
      break()
    endif()
  endforeach()
  if(NOT DEP_${name}_FOUND)
    message(FATAL_ERROR "${name} was not found: install the Debian package ${package} "
                        "(./dev build does it)")
  endif()
  add_library(dep::${name} ALIAS PkgConfig::DEP_${name})
endfunction()

# Vectorscan is the port of Hyperscan to other processors and answers to the same name.
yinma_dependency(hyperscan "libhyperscan-dev (amd64) or libvectorscan-dev (arm64)" libhs)
yinma_dependency(libarchive libarchive-dev libarchive)
yinma_dependency(isal libisal-dev libisal)
yinma_dependency(zstd libzstd-dev libzstd)
yinma_dependency(lz4 liblz4-dev liblz4)
yinma_dependency(lzma liblzma-dev liblzma)
yinma_dependency(snappy libsnappy-dev snappy)
yinma_dependency(brotli libbrotli-dev libbrotlidec)
yinma_dependency(expat libexpat1-dev expat)
yinma_dependency(yaml libyaml-dev yaml-0.1)
yinma_dependency(nettle nettle-dev nettle)
yinma_dependency(libcrypto libssl-dev libcrypto)
yinma_dependency(xlsxwriter libxlsxwriter-dev xlsxwriter)

# bzip2 comes without a pkg-config file.
find_package(BZip2 QUIET)
if(NOT BZIP2_FOUND)
  message(FATAL_ERROR "bzip2 was not found: install the Debian package libbz2-dev (./dev build does it)")
endif()
add_library(dep::bzip2 ALIAS BZip2::BZip2)

# The thread of `guard` that writes: part of the C library since glibc 2.34.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
