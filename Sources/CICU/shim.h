#pragma once
/* Here so that SwiftPM asks pkg-config and can name the apt package. Only CText
   includes ICU's headers; Swift never imports this module (see CONTRIBUTING.md). */
#include <unicode/uversion.h>
