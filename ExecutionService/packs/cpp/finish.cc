// A plugin of GCC for the making of precompiled headers. GCC leaves the templates that a header's inline functions use to the
// end of each compilation that includes it, and never instantiates them for a precompiled header: four fifths of the time
// that one of C++20 then takes. "#pragma finish templates" at the end of a header does it once.
#include "gcc-plugin.h"
#include "plugin-version.h"
#include "cp/cp-tree.h"
#include "c-family/c-pragma.h"

int plugin_is_GPL_compatible;

static void finish_templates(cpp_reader*)
{
    instantiate_pending_templates(0);
}

static void register_pragma(void*, void*)
{
    c_register_pragma("finish", "templates", finish_templates);
}

int plugin_init(plugin_name_args* self, plugin_gcc_version* version)
{
    if (!plugin_default_version_check(version, &gcc_version))
        return 1;
    register_callback(self->base_name, PLUGIN_PRAGMAS, register_pragma, nullptr);
    return 0;
}
