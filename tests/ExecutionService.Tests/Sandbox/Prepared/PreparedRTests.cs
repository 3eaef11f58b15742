namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedRTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.R", "cat(\"hello\", 1 + 1, \"\\n\")"),
        ["values"] = ("main.R", "1:20\n\"text\"\nlist(a = 1, b = \"x\")\ndata.frame(x = 1:3, y = letters[1:3])\ninvisible(5)\nNULL"),
        ["itself"] = ("main.R", "print(commandArgs()); print(commandArgs(trailingOnly = TRUE)); print(sys.calls()); print(interactive()); print(getwd()); print(Sys.getpid()); print(R.home())"),
        ["another entry point"] = ("src/tool.R", "print(commandArgs()); stop(\"there\")"),
        ["the environment"] = ("main.R", "e <- Sys.getenv(); e[[\"R_SESSION_TMPDIR\"]] <- \"\"; print(e[sort(names(e))]); cat(Sys.getenv(\"LD_PRELOAD\"), \"\\n\"); system(\"env | grep -v R_SESSION_TMPDIR | sort\")"),
        ["what is loaded"] = ("main.R", "print(search()); print(sort(loadedNamespaces())); print(ls(all.names = TRUE)); print(ls(baseenv())[1:20]); print(showConnections(all = TRUE)); print(length(getLoadedDLLs())); print(sessionInfo())"),
        ["settings"] = ("main.R", "o <- options(); o$tmpdir <- NULL; print(names(o)); str(o[sapply(o, is.atomic)])"),
        ["locale"] = ("main.R", "print(Sys.getlocale()); print(l10n_info()); print(Sys.timezone()); print(nchar(\"äö\")); print(enc2native(\"ä\")); print(toupper(\"straße\"))"),
        ["clocks"] = ("main.R", "print(proc.time()[[\"elapsed\"]] < 5); print(abs(as.numeric(Sys.time()) - as.numeric(system(\"date +%s\", intern = TRUE))) < 5); print(names(proc.time()))"),
        ["an error"] = ("main.R", "cat(\"before\\n\")\nhalf <- function(x) x / \"two\"\nhalf(4)\ncat(\"never\\n\")"),
        ["an error in functions"] = ("main.R", "f <- function() g()\ng <- function() stop(\"deep\")\nresult <- f()"),
        ["an error without a call"] = ("main.R", "stop(\"alone\", call. = FALSE)"),
        ["an error of a class"] = ("main.R", "stop(structure(class = c(\"mine\", \"error\", \"condition\"), list(message = \"of mine\", call = NULL)))"),
        ["conditions"] = ("main.R", "r <- tryCatch(stop(\"x\"), error = function(e) conditionMessage(e), finally = cat(\"finally\\n\")); print(r); withCallingHandlers({ warning(\"w\"); cat(\"on\\n\") }, warning = function(w) { cat(\"caught\", conditionMessage(w), \"\\n\"); invokeRestart(\"muffleWarning\") })"),
        ["a traceback"] = ("main.R", "options(error = quote({ print(sys.calls()); quit(\"no\", status = 4) }))\nf <- function(x) stop(\"in f\")\nf(1)"),
        ["a syntax error"] = ("main.R", "cat(\"before\\n\")\nx <- (1 +\n"),
        ["another syntax error"] = ("main.R", "cat(\"before\\n\")\nx <- 5 5\n"),
        ["warnings"] = ("main.R", "as.integer(\"x\")\nf <- function() warning(\"mine\")\nf()\nfor (i in 1:3) warning(i)\nx <- 1:3 + 1:2"),
        ["many warnings"] = ("main.R", "for (i in 1:60) warning(paste(\"number\", i))"),
        ["warnings of the parser"] = ("main.R", "x <- 1.5L\ny <- 10000000000L\nprint(x); print(y)"),
        ["messages"] = ("main.R", "message(\"to the errors\"); print(\"out\"); write(\"err\", stderr()); cat(\"x\", file = stderr())"),
        ["a status"] = ("main.R", "cat(\"out\\n\"); quit(\"no\", status = 3)"),
        ["last words"] = ("main.R", ".Last <- function() cat(\"bye\\n\")\nreg.finalizer(globalenv(), function(e) cat(\"gone\\n\"), onexit = TRUE)\nquit(status = 2)"),
        ["a signal"] = ("main.R", "cat(\"before\\n\"); tools::pskill(Sys.getpid(), 15); Sys.sleep(5)"),
        ["a hard kill"] = ("main.R", "cat(\"before\\n\"); tools::pskill(Sys.getpid(), 9); Sys.sleep(5)"),
        ["an interrupt"] = ("main.R", "cat(\"before\\n\"); tools::pskill(Sys.getpid(), 2); Sys.sleep(5)"),
        ["a deep recursion"] = ("main.R", "f <- function(n) f(n + 1)\nf(1)"),
        ["a large allocation"] = ("main.R", "x <- tryCatch(numeric(2^45), error = function(e) cat(conditionMessage(e), \"\\n\"))"),
        ["input at once"] = ("main.R", "print(readLines(file(\"stdin\"), warn = FALSE))"),
        ["input with a warning"] = ("main.R", "x <- readLines(\"stdin\"); print(x)"),
        ["input line by line"] = ("main.R", "input <- file(\"stdin\", \"r\")\nwhile (length(line <- readLines(input, n = 1)) > 0) print(line)\nclose(input)"),
        ["input by scan"] = ("main.R", "print(scan(file(\"stdin\"), what = \"\", quiet = TRUE))"),
        ["input from the program itself"] = ("main.R", "x <- readLines(stdin(), n = 1)\nthis line\nprint(x)\nprint(readline(\"? \"))"),
        ["connections"] = ("main.R", "f <- file(\"main.R\"); print(summary(f)$opened); print(as.integer(f)); t <- textConnection(\"a\\nb\"); print(readLines(t)); print(as.integer(t))"),
        ["files"] = ("main.R", "writeLines(\"x\", \"made.txt\"); print(list.files(all.files = TRUE)); print(file.info(\"main.R\")$mode); print(file.size(\"main.R\")); print(basename(dirname(tempdir())) == basename(Sys.getenv(\"TMPDIR\"))); print(list.files(tempdir()))"),
        ["descriptors"] = ("main.R", "print(sort(as.integer(list.files(\"/proc/self/fd\")))); f <- file(\"main.R\", \"r\"); print(sub(\"[0-9]{2,}\", \"\", Sys.readlink(file.path(\"/proc/self/fd\", 0:5))))"),
        ["children"] = ("main.R", "print(system(\"echo out; exit 3\")); print(system2(\"echo\", \"x\", stdout = TRUE)); print(system(\"ls /proc/self/fd | wc -l\", intern = TRUE))"),
        ["a fork"] = ("main.R", "p <- parallel::mcparallel(1 + 1); print(parallel::mccollect(p)[[1]]); print(unlist(parallel::mclapply(1:3, function(x) x^2, mc.cores = 2)))"),
        ["a source reference"] = ("main.R", "f <- function(x) {\n  # a comment\n  x\n}\nprint(f); print(getOption(\"keep.source\")); print(is.null(attr(f, \"srcref\")))"),
        ["objects"] = ("main.R", "setClass(\"P\", representation(x = \"numeric\")); setGeneric(\"area\", function(s) standardGeneric(\"area\")); setMethod(\"area\", \"P\", function(s) s@x); print(area(new(\"P\", x = 3))); new(\"P\", x = 3); A <- setRefClass(\"A\", fields = list(n = \"numeric\")); print(A$new(n = 1)$n)"),
        ["a model"] = ("main.R", "print(summary(lm(mpg ~ wt, data = mtcars))); set.seed(42); print(rnorm(3)); print(sample(10))"),
        ["a byte order mark"] = ("main.R", "\uFEFFcat(\"x\\n\")"),
        ["lines of Windows"] = ("main.R", "x <- 1\r\nprint(x)\r\n"),
        ["no newline at the end"] = ("main.R", "print(1); print(\"end\")"),
        ["limits"] = ("main.R", "x <- readLines(\"/proc/self/limits\"); writeLines(x[!grepl(\"cpu time\", x)])"),
        ["much output"] = ("main.R", "for (i in 1:3000) cat(\"line\", i, \"\\n\"); message(\"end\")"),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "r",
        EntryPoint = "main.R",
        All = _all,
        Several = (
            "source(\"lib/helper.R\"); print(here()); sys.source(\"third.R\", globalenv()); fail()",
            [
                ("lib/helper.R", "here <- function() \"helper\"\nfail <- function() stop(\"of the library\")"),
                ("third.R", "cat(\"third\\n\")"),
            ]),
        Reversing = """
            print(isatty(stdin())); print(isatty(stdout()))
            input <- file("stdin", "r")
            cat("ready\n")
            while (length(line <- readLines(input, n = 1)) > 0)
                cat(paste(rev(strsplit(line, "")[[1]]), collapse = ""), "\n", sep = "")
            cat("end\n")
            quit("no", status = 5)
            """,
        Random = "print(runif(3)); print(sample(1e6, 3)); cat(basename(tempdir()), \"\\n\")",
        TellsHost = "cat(if (any(grepl(\"host.so\", readLines(\"/proc/self/maps\")))) \"true\" else \"false\")",
        HostTakesArguments = true,
    };
}
