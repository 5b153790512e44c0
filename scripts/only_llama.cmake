# Read by CMake after llama.cpp's project() command. llama-cpp-python asks for llama.cpp's "common"
# library, which the bindings never load: leaving it out (and LLAVA_BUILD) makes 83 files of 193.
set(LLAMA_BUILD_COMMON OFF)
