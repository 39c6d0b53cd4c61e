namespace Herald.Simulator;

/// <summary>Creates, edits, reviews and deletes templates, and tells about it.</summary>
internal sealed class TemplateService(SimulatedWorld world, WebhookSender sender, Scheduler scheduler, TimeProvider time)
{
    private static readonly string[] PromotionalWords = ["sale", "discount", "% off", "promo", "promotion", "coupon", "special offer"];

    private readonly TemplateReviewOptions _options = world.Options.Templates;
    private long _created;

    public (Template? Template, GraphError? Error) Create(Waba waba, TemplateDraft draft)
    {
        var now = time.GetUtcNow();
        if (!waba.Templates.TryCountCreation(now, _options.CreatesPerHourMax))
        {
            return (null, GraphErrors.TooManyManagementCalls());
        }

        var template = new Template
        {
            Id = SeededHash.NodeId(world.Options.Seed, "template:" + waba.Id, Interlocked.Increment(ref _created)),
            Name = draft.Name,
            Language = draft.Language,
            Category = _options.RecategorisesPromotions && draft.Category == "UTILITY" && IsPromotional(draft.Content) ? "MARKETING" : draft.Category,
            Named = draft.Named,
            Content = draft.Content,
            CreatedAt = now,
            TimeToLiveSeconds = draft.TimeToLiveSeconds,
        };
        if (waba.Templates.TryAdd(template, _options.TemplatesMax, now) is { } error)
        {
            return (null, error);
        }

        if (_options.ReviewsBySelf)
        {
            scheduler.After(_options.ReviewDelay, () => Review(waba, template));
        }

        return (template, null);
    }

    /// <summary>Replaces the content; the template goes into review again, an approved one stays usable meanwhile.</summary>
    public GraphError? Edit(Waba waba, Template template, TemplateDraft draft)
    {
        if (template.Status is not (TemplateStatus.Approved or TemplateStatus.Rejected or TemplateStatus.Paused))
        {
            return TemplateErrors.NotEditable();
        }

        if (template.Status == TemplateStatus.Approved && draft.Category != template.Category)
        {
            return TemplateErrors.NotEditable();
        }

        template.Content = draft.Content;
        template.Category = draft.Category;
        template.TimeToLiveSeconds = draft.TimeToLiveSeconds ?? template.TimeToLiveSeconds;
        if (template.Status != TemplateStatus.Approved)
        {
            template.Status = TemplateStatus.Pending;
        }

        if (_options.ReviewsBySelf)
        {
            scheduler.After(_options.ReviewDelay, () => Review(waba, template));
        }

        return null;
    }

    public GraphError? Delete(Waba waba, string name, string? id)
    {
        var now = time.GetUtcNow();
        if (waba.Templates.List().Any(template => template.Name == name && template.Status == TemplateStatus.Disabled && (id is null || template.Id == id)))
        {
            return TemplateErrors.NotEditable();
        }

        var removed = waba.Templates.Remove(name, id, now);
        foreach (var template in removed)
        {
            sender.Enqueue(new TemplateStatusUpdate(waba, template, TemplateStatus.Deleted, now));
        }

        return removed.Count > 0 ? null : TemplateErrors.NotFound();
    }

    /// <summary>Puts a template into a state, as Meta's reviewers and quality rules do, and tells it.</summary>
    public void SetStatus(Waba waba, Template template, string status, string reason, string? rejectionText)
    {
        var wasPaused = template.Status == TemplateStatus.Paused;
        template.Status = status;
        template.RejectedReason = reason;
        (string, string)? other = status == TemplateStatus.Paused ? ("FIRST_PAUSE", "Your WhatsApp message template has been paused for 3 hours.")
            : status == TemplateStatus.Approved && wasPaused ? ("UNPAUSE", "Your template has been unpaused.")
            : null;
        sender.Enqueue(new TemplateStatusUpdate(waba, template, status, time.GetUtcNow())
        {
            Reason = reason,
            RejectionText = rejectionText,
            OtherInfo = other,
        });
    }

    public void SetCategory(Waba waba, Template template, string category)
    {
        template.PreviousCategory = template.Category;
        template.Category = category;
        sender.Enqueue(new TemplateCategoryUpdate(waba, template, template.PreviousCategory, time.GetUtcNow()));
    }

    public void SetQuality(Waba waba, Template template, string score)
    {
        var previous = template.QualityScore;
        template.QualityScore = score;
        sender.Enqueue(new TemplateQualityUpdate(waba, template, previous, score, time.GetUtcNow()));
    }

    private void Review(Waba waba, Template template)
    {
        if (template.Status == TemplateStatus.Deleted)
        {
            return;
        }

        var objection = TemplateVariables.ReviewObjection(template.Content.BodyText)
            ?? TemplateVariables.ReviewObjection(template.Content.HeaderText)
            ?? (template.Category != "AUTHENTICATION" && waba.Templates.HasSameWording(template)
                ? "The template has the same wording as another template of this account."
                : null);
        if (objection is null)
        {
            SetStatus(waba, template, TemplateStatus.Approved, "NONE", null);
        }
        else
        {
            SetStatus(waba, template, TemplateStatus.Rejected, "INVALID_FORMAT", objection);
        }
    }

    private static bool IsPromotional(TemplateContent content)
    {
        var text = content.HeaderText + " " + content.BodyText;
        return PromotionalWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
