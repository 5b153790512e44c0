// Does this compiler hand the whole tile configuration to the AMX unit?
//
// GCC 12 declares that _tile_loadconfig reads 8 of the 64 bytes, so its optimiser drops the stores
// to the rest as dead; the CPU then gets a configuration without rows and raises SIGILL at the
// first tile instruction. The struct and the stores are shaped like those of ggml
// (ggml-cpu/amx/mmq.cpp, ggml_tile_config_init), and the flags are those of its build.
//
// Exit status: 0 sound; 1 faulty; 2 AMX is not used here. Death by a signal: faulty.

#include <cstdint>
#include <cstdio>
#include <cstring>

#if defined(__AMX_TILE__) && defined(__linux__)
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

struct tile_config_t {
    uint8_t palette_id = 0;
    uint8_t start_row = 0;
    uint8_t reserved_0[14] = {0};
    uint16_t colsb[16] = {0};
    uint8_t rows[16] = {0};
};

static_assert(sizeof(tile_config_t) == 64, "the CPU reads 64 bytes");

// What earlier calls leave on the stack, so that leftovers never look like a configuration.
__attribute__((noinline)) static void dirty_stack() {
    volatile uint8_t junk[4096];
    for (unsigned i = 0; i < sizeof junk; ++i) junk[i] = 0;
}

__attribute__((noinline)) static void load() {
    alignas(64) tile_config_t tc = {};
    tc.palette_id = 1;
    tc.start_row = 0;
    tc.rows[0] = 8;   tc.colsb[0] = 64;
    tc.rows[1] = 8;   tc.colsb[1] = 64;
    tc.rows[2] = 16;  tc.colsb[2] = 32;
    tc.rows[3] = 16;  tc.colsb[3] = 32;
    tc.rows[4] = 16;  tc.colsb[4] = 64;
    tc.rows[5] = 16;  tc.colsb[5] = 64;
    tc.rows[6] = 16;  tc.colsb[6] = 64;
    tc.rows[7] = 16;  tc.colsb[7] = 64;
    _tile_loadconfig(&tc);
}

int main() {
    const int request_permission = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM
    if (syscall(SYS_arch_prctl, request_permission, tile_data)) {
        std::puts("the system does not grant AMX");
        return 2;
    }
    dirty_stack();
    load();
    // subtle: not _tile_storeconfig, which has the same fault; here all memory counts as written.
    alignas(64) uint8_t seen[64] = {0};
    __asm__ volatile("sttilecfg %0" : "=m"(seen) : : "memory");
    const uint16_t columns[8] = {64, 64, 32, 32, 64, 64, 64, 64};
    const uint8_t rows[8] = {8, 8, 16, 16, 16, 16, 16, 16};
    const bool sound = std::memcmp(seen + 16, columns, sizeof columns) == 0
        && std::memcmp(seen + 48, rows, sizeof rows) == 0;
    std::puts(sound ? "sound" : "the tile configuration arrives incomplete");
    return sound ? 0 : 1;
}
#else
int main() {
    std::puts("not compiled for AMX");
    return 2;
}
#endif
