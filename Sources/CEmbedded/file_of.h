#pragma once
#include "include/embedded.h"

#define FILE_OF(name, bytes) {name, bytes, sizeof bytes}
