using System.Text;
using CsvHelper;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Consents;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Contacts.V1;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Storage.Contacts;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Options;

namespace Herald.Api.Contacts.Import;

/// <summary>Imports a file of contacts as it comes in, in batches, holding two batches and one chunk in memory.</summary>
internal sealed class ContactImporter(
    IContactStore contacts, IContactListStore lists, ITenantStore tenants, IIdSource ids, IOptions<HeraldApiOptions> options, TimeProvider time)
{
    private const int LineMax = 64 * 1024;
    private const int RowMax = 128 * 1024;
    private readonly int _rowsMax = options.Value.ImportRowsMax;

    /// <summary>Reads the header, then the file.</summary>
    /// <exception cref="ApiException">The file as a whole is wrong, or what its header names is missing.</exception>
    public async Task<ImportContactsResponse> ImportAsync(Call call, IAsyncStreamReader<ImportContactsRequest> requests)
    {
        if (!await requests.MoveNext(call.Ct) || requests.Current.PartCase != ImportContactsRequest.PartOneofCase.Header)
            throw Violations.Single("header", Rules.Required, "The first message carries the header.");
        var plan = await ReadHeaderAsync(call, requests.Current.Header);
        await using var chunks = new ChunkStream(requests, call.Ct);
        var firstLine = Encoding.UTF8.GetString((await chunks.PeekLineAsync(LineMax)).Span);
        var isMalformed = false;
        using var csv = CsvReader.Create(
            chunks,
            new CsvReaderOptions
            {
                Separator = ImportColumns.DetectSeparator(firstLine),
                HasHeader = false,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MaxRecordSize = RowMax,
                OnMalformedRecord = _ => isMalformed = true,
            },
            leaveOpen: true);
        if (!await NextAsync(csv, call.Ct))
            throw Violations.Single("chunk", Rules.Required, "The file has a line of column names.");
        var reader = new ImportRowReader(plan, ImportColumns.Read(Cells(csv)), ids);
        await using var batch = new ImportBatch(contacts, call.Tenant, plan);
        isMalformed = false;
        while (await NextAsync(csv, call.Ct))
        {
            if (batch.Response.Summary.RowCount >= _rowsMax)
                throw Violations.Single("chunk", Rules.TooLong, $"A file has at most {_rowsMax} rows.");
            if (isMalformed)
                batch.Reject(csv.LineNumber, Misquoted);
            else if (reader.Read(Cells(csv), out var errors) is { } row)
                await batch.AddAsync(row, call.Ct);
            else
                batch.Reject(csv.LineNumber, errors);
            isMalformed = false;
        }
        await batch.FlushAsync(call.Ct);
        return batch.Response;
    }

    private static IReadOnlyList<Contracts.Errors.V1.FieldViolation> Misquoted { get; } =
    [
        new() { Field = "", Rule = Rules.Malformed, Description = "A cell with quotes is quoted as a whole, with its quotes doubled (RFC 4180)." },
    ];

    private async Task<ImportPlan> ReadHeaderAsync(Call call, ImportContactsHeader header)
    {
        call.TenantName("header.parent", header.Parent);
        var list = call.Optional("header.contact_list", header.ContactList, CallNames.ContactListName);
        call.Violations.OptionalText("header.consent_source", header.ConsentSource, ConsentValidation.OriginMax);
        call.Violations.OptionalText("header.consent_wording", header.ConsentWording, ConsentValidation.WordingMax);
        call.ThrowIfInvalid();
        if (list is { } known && await lists.GetAsync(call.Tenant, known, call.Ct) is null)
            throw ApiErrors.NotFound(header.ContactList);
        var tenant = await tenants.GetAsync(call.Tenant, call.Ct) ?? throw ApiErrors.NotFound(TenantName.Format(call.Tenant.Value));
        return new ImportPlan
        {
            List = list,
            Purpose = header.ConsentPurpose == Contracts.Consents.V1.ConsentPurpose.Unspecified
                ? ConsentPurpose.Marketing
                : (ConsentPurpose)(int)header.ConsentPurpose,
            ConsentSource = header.ConsentSource,
            ConsentWording = header.ConsentWording,
            Region = PhoneRegion.TryGet(tenant.DefaultRegion, out var region) ? region : null,
            Actor = call.Caller.Actor,
            ImportId = call.RequestId,
            Now = time.StoredNow(),
            IsDryRun = header.DryRun,
        };
    }

    private static async Task<bool> NextAsync(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct);
        }
        catch (CsvFormatException)
        {
            throw Violations.Single(
                "chunk", Rules.TooLong, $"After line {csv.LineNumber}: a row has at most {RowMax} bytes; a quote may not be closed.");
        }
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = csv.GetString(i);
        return cells;
    }
}
