using System.Text;

namespace Dressora.Tests.House;

/// <summary>
/// A view with its code blanked out: what remains is the markup, character for character where it stood. It knows as much
/// of Razor as our views use: blocks, expressions, comments, directives, sections.
/// </summary>
internal sealed class RazorText
{
    private static readonly string[] Directives =
        ["page", "model", "inject", "using", "addTagHelper", "removeTagHelper", "inherits", "namespace", "attribute", "implements"];

    private static readonly string[] Blocks = ["if", "foreach", "for", "while", "switch", "using", "try", "do", "lock"];
    private static readonly string[] Follow = ["else if", "else", "catch", "finally"];
    private static readonly string[] Void = ["input", "br", "img", "meta", "link", "hr", "source", "wbr", "field", "icon", "partial"];

    private readonly string _text;
    private readonly StringBuilder _markup;
    private readonly StringBuilder _code;
    private int _at;

    private RazorText(string text)
    {
        _text = text;
        _markup = new StringBuilder(new string([.. text.Select(Blank)]));
        _code = new StringBuilder(_markup.ToString());
    }

    internal string Markup => _markup.ToString();
    internal string Code => _code.ToString();

    internal static RazorText Read(string view)
    {
        var read = new RazorText(view);
        while (read._at < view.Length)
            read.StepInMarkup();
        return read;
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';
    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void StepInMarkup()
    {
        if (Here != '@' || (_at > 0 && char.IsLetterOrDigit(_text[_at - 1])))
            Keep();
        else
            StepAtSign();
    }

    private void StepAtSign()
    {
        if (Next == '@')
        {
            Keep();
            _at++;
        }
        else if (Next == '*')
        {
            _at = IndexAfter("*@", _at + 2);
        }
        else if (Next == '{')
        {
            _at += 2;
            CodeToBrace();
        }
        else if (Next == '(')
        {
            _at++;
            Balanced();
        }
        else if (char.IsLetter(Next) || Next == '_')
        {
            _at++;
            Word();
        }
        else
        {
            Keep();
        }
    }

    private void Word()
    {
        var word = Peek();
        if (word == "section")
            Section();
        else if (Directives.Contains(word) && IsLineStart(_at - 1) && !(word == "using" && _text.AsSpan(_at + 5).TrimStart().StartsWith("(")))
            ToLineEnd();
        else if (word == "functions")
            HeadThenCode();
        else if (Blocks.Contains(word))
            Block();
        else
            Expression();
    }

    private void Section()
    {
        _at = _text.IndexOf('{', _at) + 1;
        for (var depth = 1; _at < _text.Length;)
        {
            depth += Here == '{' ? 1 : Here == '}' ? -1 : 0;
            if (depth == 0)
                break;
            StepInMarkup();
        }

        _at++;
    }

    private void Block()
    {
        HeadThenCode();
        while (true)
        {
            var after = _at;
            while (char.IsWhiteSpace(Here))
                _at++;
            if (!Follow.Any(word => _text.AsSpan(_at).StartsWith(word)))
            {
                _at = after;
                return;
            }

            HeadThenCode();
        }
    }

    private void HeadThenCode()
    {
        while (_at < _text.Length && Here != '{')
        {
            if (Here == '(')
                Balanced();
            else
                Take();
        }

        Take();
        CodeToBrace();
    }

    /// <summary>From behind an opening brace to behind its twin; elements that begin where a statement may are markup.</summary>
    private void CodeToBrace()
    {
        for (var last = '{'; _at < _text.Length;)
        {
            if (Here == '}')
            {
                Take();
                return;
            }

            if (Here == '<' && (char.IsLetter(Next) || Next == '!') && "{};:".Contains(last))
            {
                Element();
                last = ';';
                continue;
            }

            last = char.IsWhiteSpace(Here) ? last : Here;
            if (Here == '{')
            {
                Take();
                CodeToBrace();
                last = '}';
            }
            else if (Here == '@')
            {
                StepAtSign();
            }
            else
            {
                TakeToken();
            }
        }
    }

    private void Element()
    {
        var depth = 0;
        do
        {
            if (Here == '<' && (char.IsLetter(Next) || Next is '/' or '!'))
                depth += Tag();
            else
                StepInMarkup();
        }
        while (depth > 0 && _at < _text.Length);
    }

    /// <summary>Reads a tag and says how much deeper it leads.</summary>
    private int Tag()
    {
        var closes = Next == '/';
        var name = new string([.. _text.Skip(_at + (closes ? 2 : 1)).TakeWhile(letter => char.IsLetterOrDigit(letter) || letter is '-' or '!')]);
        for (var quote = '\0'; _at < _text.Length && !(quote == '\0' && Here == '>');)
        {
            if (Here is '"' or '\'' && (quote == '\0' || quote == Here))
                quote = quote == '\0' ? Here : '\0';
            StepInMarkup();
        }

        var closed = _text[_at - 1] == '/';
        Keep();
        return closes ? -1 : closed || Void.Contains(name) ? 0 : 1;
    }

    private void Expression()
    {
        if (Peek() == "await")
        {
            TakeWord();
            Take();
        }

        TakeWord();
        while (true)
        {
            if (Here is '(' or '[')
                Balanced();
            else if (Here == '.' && (char.IsLetter(Next) || Next == '_'))
                TakeDotted(1);
            else if (Here == '?' && Next == '.')
                TakeDotted(2);
            else if (Here == '!' && Next == '.')
                TakeDotted(2);
            else
                return;
        }
    }

    private void TakeDotted(int dots)
    {
        for (; dots > 0; dots--)
            Take();
        TakeWord();
    }

    private void Balanced()
    {
        var depth = 0;
        do
        {
            depth += Here is '(' or '[' or '{' ? 1 : Here is ')' or ']' or '}' ? -1 : 0;
            TakeToken();
        }
        while (depth > 0 && _at < _text.Length);
    }

    /// <summary>One character of code, or a whole string.</summary>
    private void TakeToken()
    {
        if (Here == '/' && Next == '/')
        {
            ToLineEnd();
        }
        else if (Here is '"' || (Here == '\'' && _text.IndexOf('\'', _at + 1) is var end && end > 0 && end - _at <= 3))
        {
            var quote = Here;
            do
            {
                if (Here == '\\')
                    Take();
                Take();
            }
            while (_at < _text.Length && Here != quote);
            Take();
        }
        else
        {
            Take();
        }
    }

    private void TakeWord()
    {
        while (char.IsLetterOrDigit(Here) || Here == '_')
            Take();
    }

    private string Peek() => new([.. _text.Skip(_at).TakeWhile(letter => char.IsLetterOrDigit(letter) || letter == '_')]);

    private void ToLineEnd()
    {
        while (_at < _text.Length && Here != '\n')
            Take();
    }

    private int IndexAfter(string end, int from) => _text.IndexOf(end, from, StringComparison.Ordinal) is var at && at < 0 ? _text.Length : at + end.Length;

    private bool IsLineStart(int at) => _text[..at].AsSpan().TrimEnd(" ").IsEmpty || _text[..at].TrimEnd(' ').EndsWith('\n');

    private void Keep()
    {
        if (_at < _text.Length)
            _markup[_at] = _text[_at];
        _at++;
    }

    private void Take()
    {
        if (_at < _text.Length)
            _code[_at] = _text[_at];
        _at++;
    }

    private static char Blank(char letter) => letter == '\n' ? '\n' : ' ';
}
