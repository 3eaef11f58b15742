/*
 * Boots Ruby ahead of need, as `ruby main.rb` with this library and an empty main.rb. When Ruby is about to run that, gems and
 * all are loaded. It then compiles the true main.rb, and runs it in the other's place.
 */
#include "interpreter.h"

#include <dlfcn.h>

/* Of Ruby's interface. */
typedef unsigned long VALUE;
VALUE rb_ary_push(VALUE array, VALUE item);
VALUE rb_eval_string_protect(const char *text, int *failed);
VALUE rb_external_str_new_cstr(const char *text);
VALUE rb_str_freeze(VALUE text);
const void *rb_iseqw_to_iseq(VALUE code);

static const char program[] = "main.rb";

/*
 * Fails where Ruby does more with a program's file than to run it: for options on its first line, for DATA, and for errors,
 * which are reported in a way of their own. Those programs start cold. What is wrong is found without a word, so that each
 * warning is printed once.
 */
static const char compile[] =
    "lambda do\n"
    "  text = File.binread('main.rb')\n"
    "  raise if text.match?(/^__END__\\r?$/) || text.start_with?('#!') && !text.match?(/\\A#!\\S*[ \\/]ruby\\n/)\n"
    "  verbose, $VERBOSE = $VERBOSE, nil\n"
    "  RubyVM::InstructionSequence.compile_file('main.rb')\n"
    "  $VERBOSE = verbose\n"
    "  RubyVM::InstructionSequence.compile_file('main.rb')\n"
    "end.call";

__attribute__((constructor)) static void put_placeholder(void)
{
    close(open(program, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
}

int ruby_run_node(void *placeholder)
{
    int (*run)(const void *) = (int (*)(const void *))dlsym(RTLD_NEXT, "ruby_run_node");
    struct release released;
    int failed;
    (void)placeholder;
    unlink(program);
    char **arguments = await_release(&released);
    volatile VALUE code = rb_eval_string_protect(compile, &failed);
    if (failed)
        start_cold(&released);
    VALUE list = rb_eval_string_protect("ARGV", &failed);
    for (; *arguments != NULL; arguments++)
        rb_ary_push(list, rb_str_freeze(rb_external_str_new_cstr(*arguments)));
    return run(rb_iseqw_to_iseq(code));
}
