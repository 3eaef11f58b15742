// Greets you, then takes a number apart into its prime factors.
#import <Foundation/Foundation.h>

@interface Factor : NSObject {
    int _prime;
    int _power;
}
@property (readonly) int prime;
@property (readonly) int power;
- (id)initWithPrime:(int)prime power:(int)power;
@end

@implementation Factor
@synthesize prime = _prime;
@synthesize power = _power;

- (id)initWithPrime:(int)prime power:(int)power {
    if ((self = [super init])) {
        _prime = prime;
        _power = power;
    }
    return self;
}

- (NSString *)description {
    NSMutableString *text = [NSMutableString stringWithFormat:@"%d", _prime];
    if (_power > 1) {
        NSArray *superscripts = [@"⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹" componentsSeparatedByString:@" "];
        for (const char *digit = [[NSString stringWithFormat:@"%d", _power] UTF8String]; *digit; digit++)
            [text appendString:[superscripts objectAtIndex:*digit - '0']];
    }
    return text;
}
@end

static NSArray *primeFactors(int number) {
    NSMutableArray *found = [NSMutableArray array];
    for (int prime = 2; number > 1; prime++) {
        if (prime > number / prime)
            prime = number; // what is left has no smaller divisor
        int power = 0;
        for (; number % prime == 0; number /= prime)
            power++;
        if (power > 0)
            [found addObject:[[[Factor alloc] initWithPrime:prime power:power] autorelease]];
    }
    return found;
}

static NSString *ask(NSString *question) {
    char line[200] = "";
    printf("%s", [question UTF8String]);
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        return @"";
    return [[NSString stringWithUTF8String:line] stringByTrimmingCharactersInSet:[NSCharacterSet whitespaceAndNewlineCharacterSet]];
}

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    NSString *name = ask(@"What is your name? ");
    printf("Hello, %s!\n", [name length] > 0 ? [name UTF8String] : "stranger");

    NSString *answer = ask(@"A whole number from 2 to a billion: ");
    NSScanner *scanner = [NSScanner scannerWithString:answer];
    long long number;
    if (![scanner scanLongLong:&number] || ![scanner isAtEnd] || number < 2 || number > 1000000000) {
        fprintf(stderr, "“%s” is not such a number.\n", [answer UTF8String]);
        return 1;
    }

    printf("%lld = %s\n", number, [[primeFactors((int)number) componentsJoinedByString:@" × "] UTF8String]);
    [pool drain];
    return 0;
}
