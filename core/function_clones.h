// One clone of a function per instruction set, chosen when the program starts: the same binary runs on every node of a mixed cluster.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VIVICOR_CLONES __attribute__((target_clones("default", "arch=haswell", "arch=skylake-avx512")))
#else
#define VIVICOR_CLONES
#endif
