#!/bin/sh
# usage: run.sh ROOT FOLDER: build the kernels and their tests for arm64 in FOLDER and run them under
# QEMU. Status 77: a program is missing, nothing was tested.
set -eu
root=$1
folder=$2

for program in aarch64-linux-gnu-gcc qemu-aarch64-static; do
    command -v "$program" >/dev/null 2>&1 || {
        echo "$program is missing: install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static"
        exit 77
    }
done
cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DYINMA_KERNELS=ON \
    -DCMAKE_TOOLCHAIN_FILE="$root/cmake/arm64-linux.cmake" >"$folder.log" 2>&1 &&
    cmake --build "$folder" >>"$folder.log" 2>&1 || {
    cat "$folder.log"
    exit 1
}
ctest --test-dir "$folder" --output-on-failure --no-tests=error
